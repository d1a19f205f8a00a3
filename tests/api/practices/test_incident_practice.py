from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from api.practices.incident import IncidentPractice, propose, set_major, sweep_incidents, take
from cmdb.alerts import Alert
from cmdb.errors import Conflict
from cmdb.history import latest
from cmdb.outages import confirm_outage
from cmdb.records import (
    Edit,
    Record,
    Related,
    Wanted,
    edit_record,
    get_record,
    list_records,
    open_record,
    transition,
)
from cmdb.store import Store
from impact.scenario.current import current
from tests.api.practices.conftest import ANN, Shop

NOW = datetime.now(UTC)


def opened(practice: IncidentPractice, **links: str) -> str:
    told = Edit(values={"title": "It fails", "urgency": "high"}, links=links)
    return open_record(practice.desk, ANN, "incident", told).number


def test_what_another_incident_took_down_makes_the_next_one_worse(
    practice: IncidentPractice, shop: Shop
) -> None:
    first = propose(practice, ANN, opened(practice, **{shop["web1"]: "down"}))
    assert (first.values["proposed_impact"], first.values["proposal"]["services"]) == ("low", [])
    second = propose(practice, ANN, opened(practice, **{shop["web2"]: "down"}))
    (service,) = second.values["proposal"]["services"]
    assert (service["name"], service["state"], service["users"], service["points"]) == (
        *("Shop", "down", 2000),
        200,
    )
    assert (second.values["proposed_impact"], second.values["priority"]) == ("high", 1)
    transition(practice.desk, ANN, first.number, "restore")
    assert propose(practice, ANN, second.number).values["proposed_impact"] == "low"


def test_concern_is_not_failure_and_not_impacted_is_believed(practice: IncidentPractice, shop: Shop) -> None:
    concerned = opened(practice, **{shop["sw1"]: "concerned"})
    assert propose(practice, ANN, concerned).values["proposal"]["services"] == []
    pinned = opened(practice, **{shop["sw1"]: "down", shop["web1"]: "not_impacted"})
    assert propose(practice, ANN, pinned).values["proposal"]["services"] == []
    down = opened(practice, **{shop["sw1"]: "down"})
    assert propose(practice, ANN, down).values["proposed_impact"] == "high"


def test_proposing_again_writes_nothing_and_a_person_is_not_overruled(
    practice: IncidentPractice, store: Store, shop: Shop
) -> None:
    number = opened(practice, **{shop["sw1"]: "down"})
    edit_record(practice.desk, ANN, number, Edit(values={"impact": "low"}))
    record = propose(practice, ANN, number)
    assert (record.values["proposed_impact"], record.values["impact"], record.values["priority"]) == (
        *("high", "low"),
        3,
    )
    before = latest(store.database).seq
    propose(practice, ANN, number)
    assert latest(store.database).seq == before


def test_a_storm_behind_a_switch_is_one_incident_with_its_impact(
    practice: IncidentPractice, shop: Shop
) -> None:
    labels = {"alertname": "Down", "severity": "critical"}
    told = [Alert({**labels, "instance": name}, NOW) for name in ("web2", "web1", "sw1")]
    (number,) = take(practice, ANN, told).opened
    record = get_record(practice.store.database, number)
    assert (record.values["events"], record.values["team"]) == (3, "network")
    assert record.values["proposed_impact"] == "high"


def test_what_is_so_now(practice: IncidentPractice, store: Store, shop: Shop) -> None:
    down = opened(practice, **{shop["web1"]: "down", shop["web2"]: "degraded", shop["sw1"]: "concerned"})
    base = current(store.database, store.policies, NOW)
    assert (set(base.down), set(base.degraded)) == ({shop["web1"]}, {shop["web2"]})
    transition(practice.desk, ANN, down, "restore")
    assert not current(store.database, store.policies, NOW).down


def test_a_sweep_proposes_what_nobody_has_worked_out(practice: IncidentPractice, shop: Shop) -> None:
    number = opened(practice, **{shop["sw1"]: "down"})
    sweep_incidents(practice, ANN, NOW)
    assert get_record(practice.store.database, number).values["proposed_impact"] == "high"


def test_a_major_incident_is_told_of_again(practice: IncidentPractice, shop: Shop) -> None:
    number = opened(practice, **{shop["sw1"]: "down"})
    propose(practice, ANN, number)
    record = set_major(practice, replace(ANN, at=None), number, "max")
    assert record.values["major"] and record.values["next_update"] > record.opened_at
    assert not set_major(practice, ANN, number, None).values["major"]


def outages(practice: IncidentPractice) -> list[Record]:
    return list(list_records(practice.store.database, Wanted(kind="outage")).items)


def test_outages_follow_from_incidents(practice: IncidentPractice, shop: Shop) -> None:
    number = opened(practice, **{shop["sw1"]: "down"})
    propose(practice, ANN, number)
    propose(practice, ANN, number)
    (outage,) = outages(practice)
    assert (outage.state, outage.values["type"], outage.to("caused_by")) == ("proposed", "down", [number])
    assert (outage.values["title"], outage.condition(shop["Shop"])) == ("Shop down", "affected")
    transition(practice.desk, ANN, number, "restore")
    sweep_incidents(practice, ANN, NOW)
    sweep_incidents(practice, ANN, NOW)
    (outage,) = outages(practice)
    assert outage.values["ended"] >= outage.values["began"]
    assert confirm_outage(practice.desk, ANN, outage.number).state == "over"
    transition(practice.desk, ANN, number, "relapse")
    propose(practice, ANN, number)
    again, _ = outages(practice)
    assert (again.state, again.values["title"]) == ("proposed", "Shop down")


def test_an_outage_of_which_nobody_says_what_is_affected_stops_nothing(
    practice: IncidentPractice, shop: Shop
) -> None:
    number = opened(practice, **{shop["sw1"]: "down"})
    values = {"title": "Something was away", "type": "down", "began": NOW.isoformat()}
    edit = Edit(values=values, related=frozenset({Related("caused_by", number)}))
    open_record(practice.desk, ANN, "outage", edit)
    propose(practice, ANN, number)
    sweep_incidents(practice, ANN, NOW)
    assert sorted(one.values["title"] for one in outages(practice)) == ["Shop down", "Something was away"]


def test_an_outage_that_a_person_rejected_is_not_proposed_again(
    practice: IncidentPractice, shop: Shop
) -> None:
    number = opened(practice, **{shop["sw1"]: "down"})
    propose(practice, ANN, number)
    transition(practice.desk, ANN, outages(practice)[0].number, "reject")
    propose(practice, ANN, number)
    assert [one.state for one in outages(practice)] == ["rejected"]


def test_an_outage_does_not_end_before_it_begins(practice: IncidentPractice, shop: Shop) -> None:
    told = {"title": "x", "type": "planned", "began": NOW, "ended": NOW - timedelta(hours=1)}
    outage = open_record(practice.desk, ANN, "outage", Edit(values=told, links={shop["Shop"]: None}))
    with pytest.raises(Conflict, match="before it began"):
        transition(practice.desk, ANN, outage.number, "plan")
