"""Of a purged CI nothing is left, but that it was purged."""

from functools import partial

import pytest

from cmdb.errors import Conflict
from cmdb.history import Author, read_past
from cmdb.reconciliation import Observation
from cmdb.store import Link, Store, Target, get_ci, purge, relate, retire, undo, update_cis
from tests.cmdb.conditions import assert_follows_records
from tests.cmdb.graphs import AUTHOR, as_of, created, graph, id_of, imported, on, relationships_of, see

SECRET = Observation(
    "hidden-key", {"class": "physical_server", "name": "hidden name", "asset_tag": "hidden tag"}
)


@pytest.fixture
def hidden(store: Store) -> str:
    """A retired CI with a long history: imported, edited, related in both directions, retired."""
    imported(store, [SECRET, see("shown")])
    id_, shown = id_of(store.database, "hidden name"), id_of(store.database, "name of shown")
    update_cis(store, AUTHOR, [(Target(id_), {"description": "hidden text"})])
    relate(store, AUTHOR, [Link(id_, "depends_on", shown), Link(shown, "uses", id_)])
    update_cis(store, AUTHOR, [(Target(id_), {"name": "hidden new name"})])
    retire(store, AUTHOR, [Target(id_)])
    return id_


def test_a_current_ci_is_not_purged(store: Store) -> None:
    (id_,) = created(store, "web-1")
    with pytest.raises(Conflict, match="Retire it"):
        purge(store, AUTHOR, [Target(id_)])
    assert get_ci(store.database, id_)["name"] == "web-1"


def test_nothing_is_left_anywhere(store: Store, hidden: str) -> None:
    assert traces(store, hidden)
    revision = purge(store, Author("tests", "test"), [Target(hidden)])
    assert traces(store, hidden) == []
    assert revision is not None
    assert revision.purged == 1
    assert_follows_records(store)


def traces(store: Store, id_: str) -> list[str]:
    """What any property of any node tells of the CI."""
    nodes = store.database.read("MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties")
    return [
        f"{node['labels']} {name}: {value}"
        for node in nodes
        for name, value in node["properties"].items()
        if "hidden" in str(value) or id_ in str(value)
    ]


def test_answers_about_the_time_before_know_how_many_are_missing(store: Store, hidden: str) -> None:
    purge(store, AUTHOR, [Target(hidden)])
    now = graph(store.database)
    for seq in range(7):
        past = store.database.snapshot(partial(read_past, seq=seq))
        assert past.purged == (1 if seq < 6 else 0)
        assert not [key for key in as_of(store.database, seq, now) if hidden in key[1]]


def test_what_is_seen_after_the_purge_is_a_new_ci(store: Store, hidden: str) -> None:
    purge(store, AUTHOR, [Target(hidden)])
    imported(store, [SECRET])
    assert id_of(store.database, "hidden name") != hidden
    assert_follows_records(store)


def test_what_a_source_says_of_others_stays_pending(store: Store) -> None:
    imported(store, [see("app", on("db")), see("db")])
    db = id_of(store.database, "name of db")
    retire(store, AUTHOR, [Target(db)])
    purge(store, AUTHOR, [Target(db)])
    assert_follows_records(store)
    report = imported(store, [see("app", on("db"))])
    assert [(p.dependent, p.provider) for p in report.pending] == [("app", "db")]
    imported(store, [see("db")])
    assert relationships_of(store.database) == {("name of app", "DEPENDS_ON", "name of db")}


def test_undo_of_what_touched_a_purged_ci_leaves_it_alone(store: Store, hidden: str) -> None:
    purge(store, AUTHOR, [Target(hidden)])
    for seq in range(1, 6):
        undo(store, AUTHOR, seq)
        assert_follows_records(store)
    assert traces(store, hidden) == []
