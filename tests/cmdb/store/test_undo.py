"""Undo takes back what a revision said, as far as it is still said; and can itself be undone."""

import pytest

from cmdb.errors import Conflict, NotFound
from cmdb.history import Kind, latest
from cmdb.runs import Report
from cmdb.store import (
    Link,
    Store,
    Target,
    get_ci,
    purge,
    relate,
    retire,
    undo,
    undo_run,
    unrelate,
    update_cis,
)
from tests.cmdb.conditions import assert_follows_records
from tests.cmdb.graphs import AUTHOR, created, differing, graph, id_of, imported, on, relationships_of, see


def undo_latest(store: Store) -> None:
    undo(store, AUTHOR, latest(store.database).seq)


def test_undo_of_a_creation_retires_and_undo_of_that_restores(store: Store) -> None:
    (id_,) = created(store, "web-1")
    before = graph(store.database)
    undo_latest(store)
    assert get_ci(store.database, id_)["status"] == "retired"
    undo_latest(store)
    assert get_ci(store.database, id_)["status"] == "operational"
    assert {name for key in differing(before, graph(store.database)) for name in key} == {Kind.CI, id_}
    assert_follows_records(store)


@pytest.mark.parametrize("status", [None, "maintenance"])
def test_undo_of_a_change_and_redo(store: Store, status: str | None) -> None:
    (id_,) = created(store, "web-1")
    update_cis(store, AUTHOR, [(Target(id_), {"status": status or "operational", "description": "old"})])
    before = get_ci(store.database, id_)
    update_cis(store, AUTHOR, [(Target(id_), {"description": "new", "os": "Linux"})])
    after = get_ci(store.database, id_)
    for expected in (before, after, before):
        undo_latest(store)
        assert {**get_ci(store.database, id_), "revision": 0} == {**expected, "revision": 0}


def test_undo_of_an_edit_of_an_imported_ci_gives_the_word_back_to_the_source(store: Store) -> None:
    imported(store, [see("n1", description="source")])
    id_ = id_of(store.database, "name of n1")
    update_cis(store, AUTHOR, [(Target(id_), {"description": "person"})])
    undone = undo(store, AUTHOR, 2)
    assert undone.taken_over == ()
    assert get_ci(store.database, id_)["description"] == "source"


def test_undo_of_a_relation_of_its_denial_and_of_a_retirement(store: Store) -> None:
    app, db = created(store, "app", "db")
    link = Link(app, "depends_on", db)
    there, gone = {("app", "DEPENDS_ON", "db")}, set[tuple[str, str, str]]()
    relate(store, AUTHOR, [link])
    undo_latest(store)
    assert relationships_of(store.database) == gone
    undo_latest(store)
    assert relationships_of(store.database) == there
    unrelate(store, AUTHOR, [link])
    undo_latest(store)
    assert relationships_of(store.database) == there
    retire(store, AUTHOR, [Target(db)])
    undo_latest(store)
    assert relationships_of(store.database) == there
    assert_follows_records(store)


def test_what_later_revisions_took_over_is_kept_and_listed(store: Store) -> None:
    first, second = created(store, "a", "b")
    update_cis(store, AUTHOR, [(Target(first), {"os": "one"}), (Target(second), {"os": "one"})])
    update_cis(store, AUTHOR, [(Target(second), {"os": "two"})])
    undone = undo(store, AUTHOR, 2)
    assert [(kept.name, kept.by) for kept in undone.taken_over] == [("b", 3)]
    assert "os" not in get_ci(store.database, first)
    assert get_ci(store.database, second)["os"] == "two"


def test_what_others_did_to_the_same_ci_meanwhile_does_not_stand_in_the_way(store: Store) -> None:
    app, db, cache = created(store, "app", "db", "cache")
    update_cis(store, AUTHOR, [(Target(app), {"os": "wrong"})])
    update_cis(store, AUTHOR, [(Target(app), {"description": "right"})])
    relate(store, AUTHOR, [Link(app, "depends_on", db)])
    relate(store, AUTHOR, [Link(app, "uses", cache)])
    assert undo(store, AUTHOR, 2).taken_over == ()
    assert undo(store, AUTHOR, 4).taken_over == ()
    ci = get_ci(store.database, app)
    assert (ci.get("os"), ci["description"]) == (None, "right")
    assert relationships_of(store.database) == {("app", "USES", "cache")}


def test_a_creation_that_others_built_on_is_kept(store: Store) -> None:
    (db,) = created(store, "db")
    (app,) = created(store, "app")
    relate(store, AUTHOR, [Link(app, "depends_on", db)])
    undone = undo(store, AUTHOR, 1)
    assert [(kept.name, kept.by) for kept in undone.taken_over] == [("db", 3)]
    assert undone.revision is None
    assert relationships_of(store.database) == {("app", "DEPENDS_ON", "db")}


def test_unknown_revisions_and_purges_are_not_undone(store: Store) -> None:
    (id_,) = created(store, "web-1")
    retire(store, AUTHOR, [Target(id_)])
    purge(store, AUTHOR, [Target(id_)])
    with pytest.raises(NotFound):
        undo(store, AUTHOR, 99)
    with pytest.raises(Conflict, match="purge"):
        undo(store, AUTHOR, 3)
    assert undo(store, AUTHOR, 1).revision is None


@pytest.fixture
def run(store: Store, monkeypatch: pytest.MonkeyPatch) -> Report:
    """An import of 40 CIs in a ring, in many batches, onto others that were there before."""
    created(store, "before")
    imported(store, [see("n0", description="old")])
    monkeypatch.setattr("cmdb.runs.preparation.BATCH", 5)
    return imported(store, [see(f"n{n}", on(f"n{(n + 1) % 40}"), description="new") for n in range(40)])


def test_undo_of_a_run_undoes_all_its_batches(store: Store, run: Report) -> None:
    before = current(store)
    undone = undo_run(store, AUTHOR, run.run)
    assert len(undone) > 5
    assert current(store) == {("before", None), ("name of n0", "old")}
    assert_follows_records(store)
    for one in reversed(undone):
        assert one.revision is not None
        undo(store, AUTHOR, one.revision.seq)
    assert current(store) == before
    assert undo_run(store, AUTHOR, run.run)
    assert current(store) == {("before", None), ("name of n0", "old")}


def test_undo_of_a_run_goes_on_where_it_was_stopped(store: Store, run: Report) -> None:
    def stop(done: int, _: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        undo_run(store, AUTHOR, run.run, stop)
    assert_follows_records(store)
    seq = latest(store.database).seq
    rest = undo_run(store, AUTHOR, run.run)
    assert latest(store.database).seq == seq + len(rest)
    assert current(store) == {("before", None), ("name of n0", "old")}
    assert undo_run(store, AUTHOR, run.run) == []


def test_undo_of_a_run_keeps_what_people_changed_since(store: Store, run: Report) -> None:
    id_ = id_of(store.database, "name of n7")
    update_cis(store, AUTHOR, [(Target(id_), {"os": "Linux"})])
    seq = latest(store.database).seq
    undone = undo_run(store, AUTHOR, run.run)
    assert [(kept.name, kept.by) for one in undone for kept in one.taken_over] == [("name of n7", seq)]
    assert get_ci(store.database, id_)["status"] == "operational"
    assert_follows_records(store)


def test_undo_of_an_unknown_run_is_refused(store: Store) -> None:
    with pytest.raises(NotFound):
        undo_run(store, AUTHOR, "nothing")


def current(store: Store) -> set[tuple[str, str | None]]:
    rows = store.database.read("MATCH (ci:CI) RETURN ci.name AS name, ci.description AS description")
    return {(row["name"], row["description"]) for row in rows}
