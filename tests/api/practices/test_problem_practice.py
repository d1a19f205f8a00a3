from datetime import UTC, datetime, timedelta

import pytest

from api.practices.problem.candidates import accept_candidate, candidates
from api.practices.problem.causes import problem_causes
from api.practices.problem.notice import propose_notice, send_notice
from api.practices.problem.periods import period_of
from api.practices.problem.trends import incident_trends
from cmdb.errors import Conflict, InvalidInput, NotFound
from cmdb.history import latest
from cmdb.practices import open_desk
from cmdb.problems import incidents_of
from cmdb.records import Desk, Edit, Related, get_record, open_record, read_log, transition
from cmdb.settings import Settings
from cmdb.store import Store, create_cis
from impact import ImpactEngine
from impact.recurrence import Period
from tests.api.practices.conftest import ANN, Shop

NOW = datetime.now(UTC).replace(microsecond=0)
LATELY = Period(NOW - timedelta(days=99), NOW + timedelta(days=1))


@pytest.fixture
def desk(store: Store) -> Desk:
    return open_desk(store)


@pytest.fixture
def engine(store: Store) -> ImpactEngine:
    return ImpactEngine(store.database, store.catalogue)


@pytest.fixture
def crowd(store: Store, shop: Shop) -> Shop:
    """The shop among forty servers that nothing happens to."""
    create_cis(store, ANN.author, [{"class": "server", "name": f"idle{place}"} for place in range(40)])
    return shop


def incident(desk: Desk, days_ago: float, **links: str) -> str:
    onset = (NOW - timedelta(days=days_ago)).isoformat()
    told = {"title": "It fails", "onset": onset, "team": "unix", "category": "network"}
    return open_record(desk, ANN, "incident", Edit(values=told, links=links)).number


def recurring(desk: Desk, shop: Shop) -> list[str]:
    """The two servers behind the switch fail in turns."""
    return [incident(desk, 90 - 9 * turn, **{shop[f"web{turn % 2 + 1}"]: "down"}) for turn in range(10)]


def test_a_shared_provider_is_a_candidate_and_becomes_a_problem_in_one_revision(
    store: Store, desk: Desk, engine: ImpactEngine, crowd: Shop
) -> None:
    numbers = recurring(desk, crowd)
    found = candidates(store, engine, LATELY)
    assert found.incidents == 10
    first = found.items[0]
    assert (first.key, first.problem) == (f"provider/{crowd['sw1']}", None)
    assert first.incidents == numbers
    assert "10 incidents in 100 days where chance would give" in first.evidence
    before = latest(store.database).seq

    problem = accept_candidate(store, desk, engine, ANN, "provider/sw1", LATELY)

    assert latest(store.database).seq == before + 1
    assert (problem.values["found_by"], problem.values["evidence"]) == ("recurrence", first.evidence)
    assert {link.ci: link.condition for link in problem.links} == {
        crowd["sw1"]: "suspected",
        crowd["web1"]: "affected",
        crowd["web2"]: "affected",
    }
    assert [one.number for one in incidents_of(store.database, problem.number)] == numbers
    again = candidates(store, engine, LATELY)
    assert again.items[0].problem == problem.number
    with pytest.raises(Conflict, match=f"{problem.number} is there for provider/sw1 already"):
        accept_candidate(store, desk, engine, ANN, "provider/sw1", LATELY)


def test_what_is_no_candidate_is_not_accepted(
    store: Store, desk: Desk, engine: ImpactEngine, crowd: Shop
) -> None:
    with pytest.raises(NotFound, match="There is no candidate"):
        accept_candidate(store, desk, engine, ANN, "provider/sw1", LATELY)
    with pytest.raises(NotFound, match="There is no candidate nonsense"):
        accept_candidate(store, desk, engine, ANN, "nonsense", LATELY)


def test_concern_parts_and_duplicates_do_not_recur(
    store: Store, desk: Desk, engine: ImpactEngine, crowd: Shop
) -> None:
    first = incident(desk, 50, **{crowd["web1"]: "down"})
    for turn in range(9):
        incident(desk, 40 - turn, **{crowd["web1"]: "concerned"})
    for type_ in ("duplicate_of", "child_of"):
        for turn in range(5):
            told = {"title": "The same", "onset": (NOW - timedelta(days=20 + turn)).isoformat()}
            related = frozenset({Related(type_, first)})
            edit = Edit(values=told, links={crowd["web1"]: "down"}, related=related)
            open_record(desk, ANN, "incident", edit)
    found = candidates(store, engine, LATELY)
    assert (found.incidents, found.items) == (1, [])


def test_a_major_incident_without_a_problem_is_a_candidate(
    store: Store, desk: Desk, engine: ImpactEngine, shop: Shop
) -> None:
    told = Edit(values={"title": "shop is down", "major_manager": "max"}, links={shop["Shop"]: "down"})
    number = open_record(desk, ANN, "incident", told).number
    transition(desk, ANN, number, "declare_major", derived={"major": True})
    (found,) = candidates(store, engine, LATELY).items
    assert (found.key, found.title, found.problem) == (f"major/{number}", "Why shop is down", None)
    problem = accept_candidate(store, desk, engine, ANN, f"major/{number.lower()}", LATELY)
    assert problem.values["found_by"] == "major_incident"
    assert problem.to("raised_by") == [number]
    assert get_record(store.database, number).to("problem") == [problem.number]
    (found,) = candidates(store, engine, LATELY).items
    assert found.problem == problem.number


def test_reports_of_suppliers_and_developers_wait_until_somebody_investigates(
    store: Store, desk: Desk, engine: ImpactEngine, shop: Shop
) -> None:
    told = {"title": "Firmware 2.1 leaks", "found_by": "supplier", "supplier": "Acme"}
    number = open_record(desk, ANN, "problem", Edit(values=told)).number
    (found,) = candidates(store, engine, LATELY).items
    assert (found.key, found.problem) == (f"supplier/{number}", number)
    assert found.evidence.startswith("told by Acme on ")
    looked = Edit(values={"team": "network", "assignee": "ann"})
    transition(desk, ANN, number, "investigate", looked)
    assert candidates(store, engine, LATELY).items == []


def test_the_root_cause_of_a_problem_is_ranked_by_what_its_incidents_took_down(
    store: Store, desk: Desk, engine: ImpactEngine, crowd: Shop
) -> None:
    recurring(desk, crowd)
    problem = accept_candidate(store, desk, engine, ANN, "provider/sw1", LATELY).number
    answer = problem_causes(store, engine, problem)
    assert [ci.name for ci in answer.explanations[0].causes] == ["sw1"]
    one = incidents_of(store.database, problem)[0].number
    assert problem_causes(store, engine, problem, one).alarms == 1
    with pytest.raises(InvalidInput, match="INC-999999 is no incident of"):
        problem_causes(store, engine, problem, "INC-999999")
    lonely = open_record(desk, ANN, "problem", Edit(values={"title": "Odd"})).number
    with pytest.raises(Conflict, match="No incident of"):
        problem_causes(store, engine, lonely)


def test_the_cause_goes_to_the_owners_of_the_services_that_suffered(
    store: Store, desk: Desk, engine: ImpactEngine, shop: Shop
) -> None:
    number = incident(desk, 3, **{shop["web1"]: "down", shop["web2"]: "down"})
    told = Edit(
        values={"title": "Switch drops frames", "workaround": "Boot it."}, links={shop["sw1"]: "suspected"}
    )
    problem = open_record(desk, ANN, "problem", told).number
    transition(desk, ANN, number, "assign", Edit(related=frozenset({Related("problem", problem)})))
    with pytest.raises(Conflict, match="there is nothing to tell yet"):
        propose_notice(store, engine, problem)
    transition(desk, ANN, problem, "investigate", Edit(values={"team": "network", "assignee": "ann"}))
    cause = {"root_cause": "Its firmware leaks.", "cause": "software"}
    transition(desk, ANN, problem, "find_cause", Edit(values=cause, links={shop["sw1"]: "cause"}))
    proposed = propose_notice(store, engine, problem)
    assert [(one.name, one.why) for one in proposed.recipients] == [("trading", "owns Shop")]
    assert proposed.subject == f"Cause found: Switch drops frames ({problem})"
    day = f"{NOW - timedelta(days=3):%F}"
    assert proposed.text.splitlines() == [
        "The cause is sw1.",
        "Its firmware leaks.",
        f"Incidents that it caused: 1, from {day} to {day}.",
        "Services that suffered: Shop.",
        "What helps until it is ended: Boot it.",
    ]
    _, sent = send_notice(store, desk, Settings(), ANN, problem, proposed)
    last = read_log(store.database, problem)[-1].entry
    assert (sent, last.what) == ([], "inform")
    assert last.note == f"To trading:\n{proposed.subject}\n{proposed.text}"


def test_trends_tell_what_becomes_more_frequent_and_when(store: Store, desk: Desk, shop: Shop) -> None:
    for turn in range(12):
        incident(desk, 30 - turn / 24, **{shop["web1"]: "down"})
    told = incident_trends(store, LATELY)
    assert told.incidents == 12
    rising = {
        (one.by, one.value): (one.before, one.after) for one in told.trends if one.direction == "rising"
    }
    assert (
        rising[("class", "server")] == rising[("team", "unix")] == rising[("category", "network")] == (0, 12)
    )
    with pytest.raises(InvalidInput, match="no time zone 'Nowhere/Else'"):
        incident_trends(store, LATELY, "Nowhere/Else")
    with pytest.raises(InvalidInput, match="no time zone 'Europe'"):
        incident_trends(store, LATELY, "Europe")


def test_a_period_is_half_a_year_unless_somebody_says_otherwise() -> None:
    assert period_of(None, NOW).since == NOW - timedelta(days=180)
    with pytest.raises(InvalidInput, match="Give an end that lies after the begin"):
        period_of(NOW, NOW - timedelta(days=1))
    with pytest.raises(InvalidInput, match="outside the calendar"):
        period_of(None, datetime.min.replace(tzinfo=UTC))
