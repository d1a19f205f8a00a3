from dataclasses import replace
from datetime import UTC, datetime, timedelta

from api.practices.incident import IncidentPractice, incident_page
from cmdb.history import Author
from cmdb.people import Team, save_teams
from cmdb.records import Edit, open_record, transition
from cmdb.store import Store, Target, update_cis
from tests.api.practices.conftest import ANN, Shop


def test_one_page_tells_all_that_is_known(practice: IncidentPractice, store: Store, shop: Shop) -> None:
    save_teams(store.database, ANN.author, [Team("network", on_call="+49 30 1", email="net@example.org")])
    said = {"title": "Shop slow after work on the network", "category": "network"}
    before = replace(ANN, at=datetime.now(UTC) - timedelta(hours=1))
    earlier = open_record(practice.desk, before, "incident", Edit(values=said, links={shop["sw1"]: "down"}))
    transition(practice.desk, ANN, earlier.number, "cancel")
    update_cis(store, Author("eve", "test", "new firmware"), [(Target(shop["sw1"]), {"description": "v2"})])
    error = Edit(
        values={"title": "Firmware v2 drops frames", "workaround": "Boot v1."}, links={shop["sw1"]: "cause"}
    )
    known = open_record(practice.desk, ANN, "known_error", error)
    told = {"title": "Shop is slow", "category": "network", "team": "unix"}
    links = {shop["web1"]: "down", shop["web2"]: "down"}
    number = open_record(practice.desk, ANN, "incident", Edit(values=told, links=links)).number

    page = incident_page(practice, number.lower())

    assert [(one.name, one.state) for one in page.services] == [("Shop", "down")]
    assert (page.proposal.impact, page.lost_redundancy) == ("high", 0)
    assert {clock.kind for clock in page.clocks} == {"respond", "restore"}
    assert page.causes[0].causes[0].name == "sw1"
    assert [(one.name, one.steps) for one in page.changed if "new firmware" in one.what] == [("sw1", 1)]
    assert [(one.number, one.workaround) for one in page.known_errors] == [(known.number, "Boot v1.")]
    assert [one.number for one in page.similar] == [earlier.number]
    support = {one.team: one for one in page.support}
    assert support["unix"].roles == ["works on it", "supports web1", "supports web2"]
    assert support["trading"].roles == ["owns Shop"]
    assert support["sales"].roles == ["uses Shop"]
    assert page.log.entries[0].what == "open"


def test_the_page_of_an_incident_about_nothing(practice: IncidentPractice) -> None:
    number = open_record(practice.desk, ANN, "incident", Edit(values={"title": "Odd"})).number
    page = incident_page(practice, number, datetime.now(UTC))
    assert (page.causes, page.changed, page.known_errors, page.services) == ([], [], [], [])
