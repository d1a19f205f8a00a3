"""`cmdb root-cause`, on the real Neo4j."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.api.cli.conftest import Cmdb, imported

pytestmark = pytest.mark.usefixtures("estate")

CIS = """native_id,class,name
shop,business_service,shop
till,business_service,till
mail,business_service,mail
app,application,app
vm-a,virtual_machine,vm-a
vm-b,virtual_machine,vm-b
vm-c,virtual_machine,vm-c
host,hypervisor,host
"""
RELATIONSHIPS = """from,type,to,group,need
shop,depends_on,app,,
till,depends_on,app,,
app,runs_on,vm-a,hosts,1
app,runs_on,vm-b,hosts,1
vm-a,runs_on,host,,
vm-b,runs_on,host,,
vm-c,runs_on,host,,
mail,runs_on,vm-c,,
"""


@pytest.fixture
def estate(tmp_path: Path, cmdb: Cmdb) -> None:
    """Two services on an app with two machines on one host, which carries another service, too."""
    imported(cmdb, tmp_path, CIS, RELATIONSHIPS)


def test_causes_are_ranked_with_reasons_and_paths(cmdb: Cmdb) -> None:
    said = cmdb("root-cause", "shop", "till", "mail")
    assert said.code == 0
    assert "What explains 3 alarms, 0 healthy CIs" in said.out
    assert "1. host (hypervisor)" in said.out
    assert "host explains 3 of 3 alarms" in said.out
    assert "mail ◂ vm-c ◂ host" in said.out
    assert "Behind the first: it explains fewer alarms" in said.out


def test_what_is_healthy_speaks_against_a_cause(cmdb: Cmdb) -> None:
    answer = cmdb("root-cause", "shop", "till", "--healthy", "mail", "--healthy", "vm-c", "--json").json()
    first = answer["explanations"][0]
    assert [cause["name"] for cause in first["causes"]] == ["app"]
    assert first["weights"]["healthy"] == 0
    (host,) = (e for e in answer["explanations"] if [c["name"] for c in e["causes"]] == ["host"])
    assert [ci["name"] for ci in host["contradicted"]["first"]] == ["mail", "vm-c"]
    assert host["weights"]["healthy"] < 0


def test_a_pair_is_told_where_redundancy_was_lost_jointly(cmdb: Cmdb) -> None:
    assert cmdb("ci", "unrelate", "vm-a", "runs_on", "host").code == 0
    changes = ["description=patched", "--reason", "kernel patch"]
    for name in ("vm-a", "vm-b"):
        assert cmdb("ci", "set", name, *changes).code == 0
    watched = [f"--healthy={name}" for name in ("host", "vm-c", "mail")]
    answer = cmdb("root-cause", "vm-a", "vm-b", "app", "shop", *watched, "--limit", "20", "--json").json()
    sets = {frozenset(cause["name"] for cause in e["causes"]): e for e in answer["explanations"]}
    assert sets[frozenset({"vm-a"})]["explained"] == 1
    assert sets[frozenset({"vm-a", "vm-b"})]["explained"] == 4


def test_a_recent_change_makes_suspect_and_a_later_one_does_not(cmdb: Cmdb) -> None:
    assert cmdb("ci", "set", "vm-c", "description=patched", "--reason", "kernel patch").code == 0
    first = cmdb("root-cause", "mail", "--json").json()["explanations"][0]
    assert [cause["name"] for cause in first["causes"]] == ["vm-c"]
    (event,) = first["causes"][0]["suspected"]
    assert event["kind"] == "changed"
    assert event["what"].endswith("kernel patch")
    yesterday = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    causes = cmdb("root-cause", "mail", "--onset", f"mail={yesterday}", "--json").json()["explanations"]
    assert not any(cause["suspected"] for explanation in causes for cause in explanation["causes"])


def test_the_past_is_asked_as_it_was(cmdb: Cmdb) -> None:
    seq = cmdb("root-cause", "shop", "--json").json()["revision"]
    assert cmdb("ci", "unrelate", "mail", "runs_on", "vm-c").code == 0
    past = cmdb("root-cause", "shop", "till", "mail", "--as-of", str(seq), "--json").json()
    assert [cause["name"] for cause in past["explanations"][0]["causes"]] == ["host"]
    now = cmdb("root-cause", "shop", "till", "mail", "--json").json()
    assert now["explanations"][0]["unexplained"]["count"] == 1


def test_the_first_to_alarm_is_believed_and_one_that_came_late_is_not(cmdb: Cmdb) -> None:
    at = "2026-11-21T22:{}:00Z"
    onsets = [f"--onset=app={at.format('50')}", f"--onset=shop={at.format('00')}"]
    answer = cmdb("root-cause", "till", *onsets, "--json").json()
    (app,) = (e for e in answer["explanations"] if [c["name"] for c in e["causes"]] == ["app"])
    assert app["early"] == 1
    assert app["weights"]["order"] < 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nobody"], "nobody"),
        (["shop", "--onset", "shop"], "is no onset"),
        (["shop", "--onset", "shop=tomorrow"], "is no time"),
        (["shop", "--healthy", "shop"], "Name each CI once"),
        (["shop", "--since", "2999-01-01"], "are none before"),
    ],
)
def test_what_cannot_be_meant_is_refused(cmdb: Cmdb, arguments: list[str], said: str) -> None:
    answer = cmdb("root-cause", *arguments)
    assert answer.code == 1
    assert said in answer.err
