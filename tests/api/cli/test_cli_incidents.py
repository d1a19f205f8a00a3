from pathlib import Path

import orjson

from tests.api.cli.conftest import Cmdb

LONG_AGO = "2020-01-01"


def opened(cmdb: Cmdb, *links: str) -> str:
    options = [part for link in links for part in ("--ci", link)]
    said = cmdb("incident", "open", "Shop is down", "urgency=high", *options, "--json")
    assert said.code == 0, said.err
    return str(said.json()["number"])


def test_an_incident_from_page_to_outage(cmdb: Cmdb, estate: Path) -> None:
    number = opened(cmdb, "vm-a=down", "vm-b=down")
    record = cmdb("incident", "assess", number, "--json").json()
    assert record["values"]["proposed_impact"] == "low"  # nobody has said how critical the shop is
    page = cmdb("incident", "page", number)
    for told in ("Shop", "respond running", "Likely causes", "owns Shop", "OUT-000001 Shop down, proposed"):
        assert told in page.out, page.out
    assert cmdb("incident", "page", number, "--json").json()["record"]["number"] == number
    assert cmdb("incident", "do", number, "restore").code == 0
    assert "Nothing has become due" in cmdb("incident", "sweep").out
    assert cmdb("outage", "confirm", "OUT-000001", "--json").json()["state"] == "over"


def test_refusals_say_what_to_do(cmdb: Cmdb, estate: Path) -> None:
    number = opened(cmdb)
    refused = cmdb("incident", "do", number, "declare_major", "major_manager=max", "--note", "big")
    assert (refused.code, "cmdb incident major" in refused.err) == (1, True)
    assert cmdb("incident", "major", number, "--note", "big").code == 2
    major = cmdb("incident", "major", number, "--manager", "max", "--note", "big", "--json")
    assert major.json()["values"]["major"] is True


def test_escalation_hands_an_incident_over(cmdb: Cmdb, estate: Path) -> None:
    number = opened(cmdb)
    handed = cmdb("incident", "escalate", number, "--to", "unix", "--note", "it is theirs", "--json").json()
    assert (handed["state"], handed["values"]["team"]) == ("assigned", "unix")
    drawn = ("--to", "head of IT", "--hierarchical", "--note", "customers ask")
    assert cmdb("incident", "escalate", number, *drawn).code == 0
    log = cmdb("incident", "log", number).out
    assert "Escalated (functional) to unix" in log
    assert "Escalated (hierarchical) to head of IT" in log


def test_alerts_come_from_a_file(cmdb: Cmdb, estate: Path, tmp_path: Path) -> None:
    file = tmp_path / "alerts.json"
    labels = {"alertname": "InstanceDown", "instance": "vm-a:9100", "severity": "critical"}
    told = {"labels": labels, "state": "firing", "activeAt": "2026-03-01T12:00:00Z"}
    file.write_bytes(orjson.dumps({"status": "success", "data": {"alerts": [told]}}))
    taken = cmdb("incident", "alerts", str(file), "--json").json()
    assert (taken["new"], len(taken["opened"])) == (1, 1)
    assert cmdb("incident", "alerts", str(file), "--json").json()["repeated"] == 1
    assert "InstanceDown on vm-a" in cmdb("incident", "list").out
    refused = cmdb("incident", "alerts", str(tmp_path / "none.json"))
    assert (refused.code, "cannot be read" in refused.err) == (1, True)


def test_a_notice_is_shown_then_kept(cmdb: Cmdb, estate: Path) -> None:
    number = opened(cmdb, "vm-a=down", "vm-b=down")
    cmdb("incident", "assess", number)
    shown = cmdb("incident", "notify", number)
    assert "Shop does not work." in shown.out
    assert "inform" not in cmdb("incident", "log", number).out
    assert cmdb("incident", "notify", number, "--send", "--text", "We are on it.").code == 0
    assert "To Trading:" in cmdb("incident", "log", number).out


def test_what_changed_beneath_a_service(cmdb: Cmdb, estate: Path) -> None:
    cmdb("ci", "set", "vm-a", "description=moved")
    told = cmdb("changed", "Shop", "--since", LONG_AGO)
    assert (told.code, "virtual_machine:vm-a" in told.out) == (0, True)
    assert cmdb("changed", "Shop", "--since", "yesterday").code == 1
    assert cmdb("changed", "Shop", "--since", LONG_AGO, "--json").json()["beneath"] == 4


def test_impact_on_top_of_what_is_so_now(cmdb: Cmdb, estate: Path) -> None:
    opened(cmdb, "vm-a=down")
    alone = cmdb("impact", "vm-b", "--json").json()
    now = cmdb("impact", "vm-b", "--current", "--json").json()
    assert alone["counts"]["services"]["down"] == 0
    assert now["counts"]["services"]["down"] == 1
    assert [ci["name"] for ci in now["scenario"]["already_down"]] == ["vm-a"]
    assert cmdb("impact", "--current", "--json").json()["counts"]["before"]["down"] == 1
    assert cmdb("impact", "vm-b", "--current", "--as-of", "1").code == 1
