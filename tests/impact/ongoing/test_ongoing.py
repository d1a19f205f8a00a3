"""Incidents in memory say what a fresh start would."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from cmdb.access import Actor, Role
from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.history import Author
from cmdb.practices import open_desk
from cmdb.records import By, Desk, Edit, edit_record, open_record, transition
from cmdb.store import Store, Target, create_cis, update_cis
from impact import ImpactEngine
from impact.causes import SHIPPED, RootCausePolicy
from impact.ongoing import Incidents, RecentChanges

ANN = By(Actor("ann", Role.MANAGER), "test", "so")
TEST = Author("test", "test", "a patch")


@pytest.fixture
def store(database: Database, catalogue: Catalogue) -> Iterator[Store]:
    yield Store(database, catalogue)


@pytest.fixture
def desk(store: Store) -> Desk:
    return open_desk(store)


@pytest.fixture
def cis(store: Store) -> list[str]:
    ids, _ = create_cis(store, TEST, [{"class": "server", "name": name} for name in ("one", "two")])
    return ids


def test_incidents_follow_what_is_written(store: Store, desk: Desk, cis: list[str]) -> None:
    engine = ImpactEngine(store.database, store.catalogue)
    followed = Incidents(store.database, store.policies)

    def failing(of: Incidents) -> list[tuple[str, str]]:
        of.follow(engine.graph())
        return sorted(of.failing(but=""))

    assert failing(followed) == []
    told = Edit(values={"title": "Disk full"}, links={cis[0]: "down", cis[1]: "concerned"})
    first = open_record(desk, ANN, "incident", told).number
    assert failing(followed) == [(cis[0], "down")]
    edit_record(desk, ANN, first, Edit(links={cis[1]: "degraded"}))
    assert failing(followed) == failing(Incidents(store.database, store.policies))
    assert followed.failing(but=first) == []
    assert {(one.ci, one.kind) for one in followed.suspects(but=())} == {(ci, "open_incident") for ci in cis}
    transition(desk, ANN, first, "restore")
    assert failing(followed) == []
    transition(desk, ANN, first, "relapse")
    assert len(failing(followed)) == 2


def test_recent_changes_are_those_of_the_graph(store: Store, desk: Desk, cis: list[str]) -> None:
    policy = store.policies.read(RootCausePolicy, SHIPPED)
    changes = RecentChanges(store.database, policy)
    began = datetime.now(UTC) - timedelta(hours=1)
    assert {one.ci for one in changes.since(began)} == {*cis}
    open_record(desk, ANN, "incident", Edit(values={"title": "x"}, links={cis[0]: "down"}))
    assert len(changes.since(began)) == 2
    update_cis(store, TEST, [(Target(cis[1]), {"description": "patched"})])
    newest, *_ = changes.since(began)
    assert (newest.ci, "a patch" in newest.what) == (cis[1], True)
    assert changes.since(datetime.now(UTC)) == []
    assert len(changes.since(began - timedelta(days=9))) == 3
