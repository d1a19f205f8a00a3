from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.api.cli.conftest import Cmdb, imported

IDLE = 40
CIS = "native_id,class,name,owner\nshop,business_service,Shop,Trading\nsw,switch,core 1,Network\n"
CIS += "a,virtual_machine,vm-a,Compute\nb,virtual_machine,vm-b,Compute\n"
CIS += "".join(f"idle{place},virtual_machine,idle{place},Compute\n" for place in range(IDLE))
RELATIONSHIPS = "from,type,to,group,need\nshop,depends_on,a,vms,1\nshop,depends_on,b,vms,1\n"
RELATIONSHIPS += "a,connects_to,sw,,\nb,connects_to,sw,,\n"


@pytest.fixture
def switched(cmdb: Cmdb, tmp_path: Path) -> Path:
    """Two machines behind one switch, among others that nothing happens to."""
    return imported(cmdb, tmp_path, CIS, RELATIONSHIPS)


@pytest.fixture
def recurring(cmdb: Cmdb, switched: Path) -> list[str]:
    """Each fails in turns; at last both do."""
    links: list[tuple[str, ...]] = [("--ci", f"vm-{'ab'[turn % 2]}=down") for turn in range(8)]
    links.append(("--ci", "vm-a=down", "--ci", "vm-b=down"))
    told = []
    for turn, link in enumerate(links):
        onset = datetime.now(UTC) - timedelta(days=100 - 10 * turn)
        opened = cmdb("incident", "open", "It fails", f"onset={onset.isoformat()}", *link, "--json")
        told.append(opened.json()["number"])
    return told


def test_from_a_candidate_to_a_known_error_that_is_offered(cmdb: Cmdb, recurring: list[str]) -> None:
    listed = cmdb("problem", "candidates")
    assert "cmdb problem accept 'provider/core 1'" in listed.out
    assert f"{len(recurring)} incidents in 180 days" in listed.out

    problem = cmdb("problem", "accept", "provider/core 1", "--json").json()
    number = problem["number"]
    assert {link["name"]: link["condition"] for link in problem["links"]} == {
        "core 1": "suspected",
        "vm-a": "affected",
        "vm-b": "affected",
    }
    assert number in cmdb("problem", "candidates").out
    again = cmdb("problem", "accept", "provider/core 1")
    assert (again.code, f"{number} is there for provider/core 1 already" in again.err) == (1, True)

    told = cmdb("problem", "incidents", number, "--json").json()["items"]
    assert {one["number"] for one in told} == set(recurring)

    causes = cmdb("problem", "causes", number)
    assert causes.code == 0 and "core 1 (switch)" in causes.out
    refused = cmdb("problem", "notify", number)
    assert (refused.code, "nothing to tell yet" in refused.err) == (1, True)
    cmdb("problem", "do", number, "investigate", "team=Network", "assignee=ann")
    why = ("root_cause=Its firmware leaks", "cause=software", "workaround=Boot it at night")
    assert cmdb("problem", "do", number, "find_cause", *why, "--ci", "core 1=cause").code == 0
    shown = cmdb("problem", "notify", number).out
    assert "Trading" in shown and "The cause is core 1." in shown and "Boot it at night" in shown
    assert "inform" not in cmdb("problem", "log", number).out
    assert cmdb("problem", "notify", number, "--send").code == 0
    assert "To Trading" in cmdb("problem", "log", number).out

    told = ("workaround=Boot it at night", "--relate", f"of={number}")
    error = cmdb("known-error", "open", "Firmware 2.1 leaks", *told, "--json").json()["number"]
    offered = cmdb("known-error", "offered", "Shop")
    assert error in offered.out and "caused by core 1, at distance 2" in offered.out
    assert "None." in cmdb("known-error", "offered", "idle1").out
    page = cmdb("incident", "page", recurring[0], "--json").json()
    assert [one["number"] for one in page["known_errors"]] == [error]
    refused = cmdb("problem", "do", number, "resolve", "resolution=New firmware")
    assert (refused.code, f"{error} is still active" in refused.err) == (1, True)


def test_trends_of_incidents(cmdb: Cmdb, recurring: list[str]) -> None:
    told = cmdb("problem", "trends", "--since", f"{datetime.now(UTC) - timedelta(days=400):%F}")
    assert told.code == 0
    assert "rising" in told.out and "class virtual_machine" in told.out
    wrong = cmdb("problem", "trends", "--zone", "Nowhere")
    assert (wrong.code, "There is no time zone" in wrong.err) == (1, True)


def test_wrong_use_is_told(cmdb: Cmdb, switched: Path) -> None:
    assert "0 candidates" in cmdb("problem", "candidates").out
    for command in (("problem", "accept", "provider/vm-a"), ("problem", "causes", "PRB-000009")):
        told = cmdb(*command)
        assert (told.code, "There is no" in told.err) == (1, True)
    number = cmdb("incident", "open", "It fails", "--json").json()["number"]
    wrong = cmdb("problem", "causes", number)
    assert (wrong.code, "use `cmdb incident`" in wrong.err) == (1, True)
