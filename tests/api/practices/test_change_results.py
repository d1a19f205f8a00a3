from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from api.practices.change import (
    Bureau,
    assess,
    calibration,
    compare,
    decide_on,
    find,
    open_bureau,
    plan_change,
    read_plan,
    start_change,
    unauthorised_changes,
    unconfirmed_changes,
)
from api.practices.decommission import decommission
from api.practices.expiries import expiries
from cmdb.access import Actor, Role
from cmdb.changes import closed_changes, submit
from cmdb.errors import Conflict
from cmdb.history import Author
from cmdb.people import Team, save_teams
from cmdb.records import By, Edit, Wanted, edit_record, list_records, open_record, transition
from cmdb.store import Link, Store, create_cis, relate
from impact import ImpactEngine
from tests.api.practices.conftest import ANN, Shop
from tests.cmdb.discovery import run, thing
from tests.now import now

MIA = By(Actor("mia", Role.OPERATOR), "test", "So be it")
HOUR = timedelta(hours=1)


@pytest.fixture
def bureau(store: Store, shop: Shop) -> Bureau:
    assert shop
    teams = ("Change management", "Change advisory board", "trading", "unix", "network")
    save_teams(store.database, ANN.author, [Team(name, members=("mia", "bob")) for name in teams])
    return open_bureau(store, ImpactEngine(store.database, store.catalogue))


def under_way(bureau: Bureau, ci: str, action: str = "configure", begins: timedelta = -HOUR) -> str:
    """A change of a CI that has begun."""
    number = scheduled(bureau, ci, action, begins)
    start_change(bureau, ANN, number)
    return number


def scheduled(bureau: Bureau, ci: str, action: str = "configure", begins: timedelta = -HOUR) -> str:
    """A change of a CI that has been approved."""
    start = now() + begins
    step = {"name": "Work", "cis": [ci], "action": action, "duration": 900, "effect": "down"}
    plan: dict[str, Any] = {
        "steps": [step],
        "window": {"start": start.isoformat(), "end": (start + 2 * HOUR).isoformat()},
        "back_out": {"text": "Put it back", "duration": 60},
    }
    values = {"title": f"Work on {ci}", "description": "Needed", "team": "unix"}
    number = open_record(bureau.desk, ANN, "change", Edit(values=values)).number
    plan_change(bureau, ANN, number, read_plan(plan))
    assess(bureau, ANN, number)
    submit(bureau.desk, ANN, number)
    decide_on(bureau, MIA, number, "approved")
    if bureau.change(number).state == "awaiting_approval":
        decide_on(bureau, By(Actor("bob", Role.OPERATOR), "test", ""), number, "approved")
    transition(bureau.desk, ANN, number, "schedule")
    return number


def closed(bureau: Bureau, ci: str, outcome: str) -> str:
    number = under_way(bureau, ci)
    transition(bureau.desk, ANN, number, "implement" if outcome == "successful" else "fail")
    transition(bureau.desk, ANN, number, "review")
    review = {"outcome": outcome, "text": "As it went"}
    edit_record(bureau.desk, ANN, number, Edit(values={"review": review}))
    transition(bureau.desk, ANN, number, "close")
    return number


def test_failures_feed_the_rates_of_those_to_come(bureau: Bureau, store: Store, shop: Shop) -> None:
    for outcome in ("successful", "failed", "failed"):
        closed(bureau, "web1", outcome)
    assert [one.failed for one in closed_changes(store.database)] == [False, True, True]
    assert {*closed_changes(store.database)[0].cis} == {shop["web1"]}
    later = find(bureau, bureau.change(under_way(bureau, "web1")), now() + HOUR).findings
    (past,) = (one.text for one in later.risk.factors if one.name == "past_failures")
    assert "of this model 2 of 3; of this team 2 of 3; on these CIs 2 of 3" in past
    told = calibration(bureau)
    assert (told.changes, told.failed) == (3, 2)


def test_foretold_is_compared_with_what_happened(bureau: Bureau, shop: Shop) -> None:
    number = under_way(bureau, "web1")
    told = compare(bureau, number)
    assert ([one.condition for one in told.foretold], told.actual, told.spared) == (["exposed"], [], [])
    links = {shop["Shop"]: "down"}
    edit = Edit(values={"title": "The shop is gone", "urgency": "high"}, links=links)
    incident = open_record(bureau.desk, ANN, "incident", edit).number
    (happened,) = compare(bureau, number).actual
    assert (happened.number, happened.cis, happened.related) == (incident, ["Shop"], False)
    switch = under_way(bureau, "sw1")
    assert compare(bureau, switch).spared == []


def test_planned_outages_follow_from_the_assessment_and_are_no_evidence_for_it(
    bureau: Bureau, store: Store, shop: Shop
) -> None:
    number = under_way(bureau, "sw1")
    (outage,) = list_records(store.database, Wanted(kind="outage"), 10).items
    assert (outage.state, outage.values["type"], outage.links[0].ci) == ("ongoing", "planned", shop["Shop"])
    lasts = datetime.fromisoformat(outage.values["ended"]) - datetime.fromisoformat(outage.values["began"])
    assert lasts == timedelta(seconds=900)
    told = compare(bureau, number)
    assert (told.actual, told.spared) == ([], ["Shop"])


def test_a_start_looks_at_the_graph_as_it_is(bureau: Bureau, store: Store, shop: Shop) -> None:
    number = scheduled(bureau, "web1")
    relate(store, ANN.author, [Link(shop["Shop"], "depends_on", shop["web1"])])
    with pytest.raises(Conflict, match=r"no longer holds \(.*Shop down for 900 s.*say in a note"):
        start_change(bureau, replace(ANN, note=""), number)
    record = start_change(bureau, replace(ANN, note="The shop is closed today"), number)
    assert record.state == "under_way" and record.values["outlook"]["differing"]


def test_what_discovery_finds_without_a_change_is_unauthorised(bureau: Bureau, store: Store) -> None:
    run(store, [thing("box", os="Debian 12"), thing("tin", os="Debian 12")])
    since, ahead = now() - HOUR, now() + HOUR
    assert unauthorised_changes(bureau, since, ahead) == []
    number = under_way(bureau, "box")
    run(store, [thing("box", os="Debian 13"), thing("tin", os="Debian 13")], day=1)
    (found,) = unauthorised_changes(bureau, since, ahead)
    assert (found.name, found.attributes) == ("tin", ["os"])
    transition(bureau.desk, ANN, number, "implement")
    assert unconfirmed_changes(bureau, since, ahead) == []


def test_what_was_done_and_never_seen_is_unconfirmed(bureau: Bureau, store: Store) -> None:
    run(store, [thing("box", os="Debian 12"), thing("tin", os="Debian 12")])
    done, restarted = under_way(bureau, "box"), under_way(bureau, "tin", action="restart")
    unseen = under_way(bureau, "web1")
    for number in (done, restarted, unseen):
        transition(bureau.desk, ANN, number, "implement")
    (found,) = unconfirmed_changes(bureau, now() - HOUR, now() + HOUR)
    assert (found.number, found.cis, found.looked) == (done, ["box"], False)
    assert unauthorised_changes(bureau, now() - HOUR, now() + HOUR) == []


def test_an_outage_that_was_not_foretold_is_told(bureau: Bureau, shop: Shop) -> None:
    number = under_way(bureau, "web1")
    values = {"title": "Shop away", "type": "down", "began": now().isoformat()}
    open_record(bureau.desk, ANN, "outage", Edit(values=values, links={shop["Shop"]: "affected"}))
    told = compare(bureau, number)
    assert [one.kind for one in told.actual] == ["outage"]
    blank = open_record(bureau.desk, ANN, "change", Edit(values={"title": "x"})).number
    with pytest.raises(Conflict, match="nothing was foretold"):
        compare(bureau, blank)


def test_time_is_known_before_a_certificate_ends_and_what_falls_with_it(
    bureau: Bureau, store: Store, shop: Shop
) -> None:
    today = date(2026, 12, 1)
    rows = [
        {"class": "certificate", "name": "www", "expires": "2026-12-20T12:00:00Z"},
        {"class": "certificate", "name": "old", "expires": "2026-11-20T12:00:00Z"},
        {"class": "certificate", "name": "new", "expires": "2028-01-01T00:00:00Z"},
        {
            "class": "physical_server",
            "name": "iron",
            "warranty_until": "2027-01-05",
            "end_of_support": "2030-01-01",
        },
    ]
    ids, _ = create_cis(store, Author("test", "test"), rows)
    relate(store, Author("test", "test"), [Link(shop["Shop"], "secured_by", ids[0])])
    found = expiries(store, bureau.engine, timedelta(days=60), today)
    assert [(one.name, one.what, one.days) for one in found] == [
        ("old", "expires", -11),
        ("www", "expires", 19),
        ("iron", "warranty_until", 35),
    ]
    assert [(one.services_down, one.services) for one in found] == [(0, []), (1, ["Shop"]), (0, [])]


def test_what_somebody_depends_on_cannot_go(bureau: Bureau, store: Store, shop: Shop) -> None:
    number = under_way(bureau, "sw1")
    found = decommission(store, bureau.engine, "sw1")
    assert not found.clear
    assert [(one.name, one.type) for one in found.dependents] == [
        ("web1", "connects_to"),
        ("web2", "connects_to"),
    ]
    assert (found.services_down, found.services) == (1, ["Shop"])
    assert [one.number for one in found.records] == [number]
    create_cis(store, Author("test", "test"), [{"class": "server", "name": "idle"}])
    assert decommission(store, bureau.engine, "idle").clear
