import pytest

from api.practices.problem.known_errors import OfferedError, known_errors_for
from cmdb.practices import open_desk
from cmdb.records import Desk, Edit, Related, open_record, transition
from cmdb.store import Store, Target, retire
from impact import ImpactEngine
from impact.beneath import Foundation
from tests.api.practices.conftest import ANN, Shop


@pytest.fixture
def desk(store: Store) -> Desk:
    return open_desk(store)


@pytest.fixture
def engine(store: Store) -> ImpactEngine:
    return ImpactEngine(store.database, store.catalogue)


def offered_to(store: Store, engine: ImpactEngine, *cis: str) -> list[OfferedError]:
    return known_errors_for(store.database, Foundation(engine.graph(), cis), cis)


def known(desk: Desk, title: str, of: str | None = None, **links: str) -> str:
    told = {"title": title, "workaround": "Restart it"}
    related = frozenset({Related("of", of)} if of else ())
    return open_record(desk, ANN, "known_error", Edit(values=told, links=links, related=related)).number


def test_errors_of_what_a_ci_depends_on_are_offered_nearest_first(
    store: Store, desk: Desk, engine: ImpactEngine, shop: Shop
) -> None:
    switch = known(desk, "Sessions drop", **{shop["sw1"]: "cause"})
    server = known(desk, "Disk fills up", **{shop["web1"]: "affected"})
    offered = offered_to(store, engine, shop["Shop"])
    assert [(one.number, one.name, one.distance, one.is_cause) for one in offered] == [
        (server, "web1", 1, False),
        (switch, "sw1", 2, True),
    ]
    assert offered[0].workaround == "Restart it"
    assert [one.number for one in offered_to(store, engine, shop["web2"])] == [switch]
    both = offered_to(store, engine, shop["web2"], shop["web1"])
    assert [(one.number, one.distance) for one in both] == [(server, 0), (switch, 1)]


def test_nothing_is_offered_for_no_ci_nor_downwards_nor_once_it_has_ended(
    store: Store, desk: Desk, engine: ImpactEngine, shop: Shop
) -> None:
    number = known(desk, "Shop is slow", **{shop["Shop"]: "cause"})
    assert offered_to(store, engine) == []
    assert offered_to(store, engine, shop["sw1"]) == []
    assert [one.number for one in offered_to(store, engine, shop["Shop"])] == [number]
    transition(desk, ANN, number, "withdraw")
    assert offered_to(store, engine, shop["Shop"]) == []


def test_related_errors_come_first_wherever_they_are(
    store: Store, desk: Desk, engine: ImpactEngine, shop: Shop
) -> None:
    elsewhere, switch = known(desk, "Elsewhere"), known(desk, "Drops", **{shop["sw1"]: "cause"})
    cis = [shop["web1"]]
    offered = known_errors_for(store.database, Foundation(engine.graph(), cis), cis, [elsewhere])
    assert [(one.number, one.distance, one.why) for one in offered] == [
        (elsewhere, None, "related"),
        (switch, 1, "it is caused by sw1, at distance 1"),
    ]


def test_the_cause_of_its_problem_counts_as_its_own(
    store: Store, desk: Desk, engine: ImpactEngine, shop: Shop
) -> None:
    told = Edit(values={"title": "Why it drops"}, links={shop["sw1"]: "cause", shop["web1"]: "suspected"})
    problem = open_record(desk, ANN, "problem", told).number
    number = known(desk, "Sessions drop", problem)
    (offered,) = offered_to(store, engine, shop["web2"])
    assert (offered.number, offered.problem, offered.ci) == (number, problem, shop["sw1"])


def test_a_ci_that_no_analysis_sees_is_offered_its_own_errors(
    store: Store, desk: Desk, engine: ImpactEngine, shop: Shop
) -> None:
    number = known(desk, "Old firmware", **{shop["web1"]: "cause"})
    retire(store, ANN.author, [Target(shop["web1"])])
    assert [one.number for one in offered_to(store, engine, shop["web1"])] == [number]
    assert offered_to(store, engine, shop["Shop"]) == []
