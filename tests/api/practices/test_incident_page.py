from dataclasses import replace
from datetime import UTC, datetime, timedelta

from api.practices.incident import IncidentPractice, incident_page
from cmdb.history import Author
from cmdb.people import Team, save_teams
from cmdb.records import By, Edit, open_record, transition
from cmdb.store import Link, Store, Target, create_cis, relate, update_cis
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


def test_incidents_at_once_over_one_silent_switch_have_it_as_their_cause(
    practice: IncidentPractice, store: Store, shop: Shop
) -> None:
    told = [{"class": "switch", "name": f"access {place}"} for place in "abc"]
    told += [{"class": "switch", "name": "distribution"}]
    told += [{"class": "server", "name": "elsewhere"}]
    (*access, distribution, elsewhere), _ = create_cis(store, ANN.author, told)
    relate(store, ANN.author, [Link(one, "connects_to", distribution) for one in access])

    def opened(ci: str, by: By = ANN, condition: str = "down") -> str:
        said = Edit(values={"title": "It is silent"}, links={ci: condition})
        return open_record(practice.desk, by, "incident", said).number

    storm = [opened(ci) for ci in access]
    long_ago = replace(ANN, at=datetime.now(UTC) - practice.alert_rules.window - timedelta(minutes=1))
    stranger, early = opened(elsewhere), opened(distribution, long_ago, "concerned")

    for number in storm:
        page = incident_page(practice, number)
        assert [cause.name for cause in page.causes[0].causes] == ["distribution"]
        assert page.causes[0].explained == 3
        assert page.together_with == [other for other in storm if other != number]
    alone = incident_page(practice, stranger)
    assert [cause.name for cause in alone.causes[0].causes] == ["elsewhere"]
    assert (alone.together_with, incident_page(practice, early).together_with) == ([], [])

    transition(practice.desk, ANN, storm[0], "restore")
    assert incident_page(practice, storm[1]).together_with == [storm[2]]


def test_what_another_incident_says_fails_is_not_an_alarm_where_this_one_says_it_works(
    practice: IncidentPractice, shop: Shop
) -> None:
    other = Edit(values={"title": "web2 is silent"}, links={shop["web2"]: "down"})
    open_record(practice.desk, ANN, "incident", other)
    told = Edit(values={"title": "web1 only"}, links={shop["web1"]: "down", shop["web2"]: "not_impacted"})
    page = incident_page(practice, open_record(practice.desk, ANN, "incident", told).number)
    assert page.together_with == []
    assert [cause.name for cause in page.causes[0].causes] == ["web1"]
