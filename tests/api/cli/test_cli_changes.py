import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.api.cli.conftest import CIS, RELATIONSHIPS, Cmdb


@pytest.fixture
def estate(cmdb: Cmdb, tmp_path: Path) -> Path:
    for name, text in (("cis", CIS), ("relationships", RELATIONSHIPS)):
        (tmp_path / f"{name}.csv").write_text(text)
    assert cmdb("import", "csv", str(tmp_path)).code == 0
    return tmp_path


def planned(cmdb: Cmdb, folder: Path, *cis: str) -> str:
    start = datetime.now(UTC) + timedelta(days=1)
    step = {"name": "Restart", "cis": cis, "action": "restart", "duration": 60, "effect": "down"}
    window = {"start": start.isoformat(), "end": (start + timedelta(hours=1)).isoformat()}
    told = {"steps": [step], "window": window, "back_out": {"text": "Start it again", "duration": 60}}
    (folder / "plan.json").write_text(json.dumps(told))
    values = ("description=It leaks", "team=Compute")
    number = cmdb("change", "open", "Restart", *values, "--json").json()["number"]
    assert cmdb("change", "plan", number, str(folder / "plan.json")).code == 0
    return str(number)


def test_a_change_from_plan_to_brief(cmdb: Cmdb, estate: Path) -> None:
    number = planned(cmdb, estate, "vm-a")
    told = cmdb("change", "assess", number)
    assert "exposed for 60 s" in told.out and "Change management: 1 (every change; supports" in told.out
    assert cmdb("change", "assessment", number).code == 0
    page = cmdb("change", "brief", number).out
    assert f"# {number}: Restart" in page and "Missing: Change management" in page
    assert cmdb("change", "brief", number, "--html", "--to", str(estate / "brief.html")).code == 0
    assert (estate / "brief.html").read_text().startswith("<!DOCTYPE html>")
    assert cmdb("change", "submit", number).code == 0
    refused = cmdb("change", "approve", number)
    assert (refused.code, "asked for it or wrote its plan" in refused.err) == (1, True)
    assert "as written" in cmdb("change", "verify", number).out
    assert number in cmdb("change", "agenda").out
    cmdb("change", "minute", number, "Two people on site")
    assert "Two people on site" in cmdb("change", "agenda").out
    assert f"UID:{number}@linchpin" in cmdb("change", "calendar").out


def test_an_outdated_assessment_is_told_with_what_differs(cmdb: Cmdb, estate: Path) -> None:
    number = planned(cmdb, estate, "vm-a")
    cmdb("change", "assess", number)
    cmdb("ci", "relate", "Shop", "depends_on", "vm-a")
    told = cmdb("change", "assessment", number)
    assert told.code == 1
    assert "Shop interrupted for 60 s, which was found Shop exposed for 60 s" in told.out


def test_what_collides_only_together_is_listed(cmdb: Cmdb, estate: Path) -> None:
    first, second = planned(cmdb, estate, "vm-a"), planned(cmdb, estate, "vm-b")
    told = cmdb("change", "collisions", second).out
    assert f"Only together: {first}, {second}" in told and "Shop (business_service)" in told


def test_a_plan_that_is_none_is_refused_with_all_mistakes(cmdb: Cmdb, estate: Path) -> None:
    number = cmdb("change", "open", "Restart", "--json").json()["number"]
    (estate / "plan.json").write_text('{"steps": [], "windows": {}}')
    refused = cmdb("change", "plan", number, str(estate / "plan.json"))
    assert refused.code == 1 and "window: Field required" in refused.err and "windows: Extra" in refused.err
    assert cmdb("change", "plan", number).code == 2


def test_members_and_delegations_are_kept(cmdb: Cmdb) -> None:
    cmdb("team", "set", "Board")
    assert cmdb("team", "members", "Board", "ann", "bob").code == 0
    assert "ann, bob" in cmdb("team", "list").out
    assert cmdb("team", "delegate", "bob", "--until", "2099-01-01").code == 0
    (given,) = cmdb("team", "delegations", "--json").json()
    assert (given["to"], given["until"]) == ("bob", "2099-01-01T00:00:00Z")
    assert "bob" in cmdb("team", "delegations").out
    assert cmdb("team", "end-delegation", "bob").code == 0
    assert cmdb("team", "delegate", "bob", "--until", "soon").code == 1


def test_what_came_of_changes(cmdb: Cmdb, estate: Path) -> None:
    number = planned(cmdb, estate, "vm-a")
    cmdb("change", "assess", number)
    assert "Foretold" in cmdb("change", "outcome", number).out
    assert "No change is closed yet" in cmdb("change", "calibration").out
    assert "has its change" in cmdb("change", "unauthorised").out
    assert "has seen all" in cmdb("change", "unconfirmed").out
    assert "restart" in cmdb("change", "models").out


def test_what_ends_and_what_can_go(cmdb: Cmdb, estate: Path) -> None:
    number = planned(cmdb, estate, "vm-a")
    soon = f"{datetime.now(UTC) + timedelta(days=20):%Y-%m-%d}"
    cmdb("ci", "create", "certificate", "www", f"expires={soon}T00:00:00Z")
    cmdb("ci", "relate", "Shop", "secured_by", "www")
    told = cmdb("expiries").out
    assert soon in told and "Shop" in told
    assert "Nothing ends" in cmdb("expiries", "--within", "5d").out
    kept = cmdb("ci", "decommission", "vm-a")
    assert (kept.code, number in kept.out, "shop-app" in kept.out) == (1, True, True)
    cmdb("ci", "create", "server", "idle")
    assert cmdb("ci", "decommission", "idle").code == 0
