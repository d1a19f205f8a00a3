import pytest

from cmdb.errors import Conflict, NotFound, Outdated
from cmdb.history import latest
from cmdb.store import Link, Store, Target, get_ci, relate, restore, retire, undo, update_cis
from tests.cmdb.conditions import assert_follows_records
from tests.cmdb.graphs import AUTHOR, created, id_of, imported, on, relationships_of, see

BOUND = {("app", "DEPENDS_ON", "db"), ("name of n1", "USES", "name of n2")}


@pytest.fixture
def db(store: Store) -> str:
    """A database with an app on it, made by hand; n1 on n2, imported."""
    app, db = created(store, "app", "db")
    relate(store, AUTHOR, [Link(app, "depends_on", db)])
    imported(store, [see("n1", on("n2", "uses")), see("n2")])
    return db


def test_a_retired_ci_leaves_the_current_graph_and_comes_back_as_it_was(store: Store, db: str) -> None:
    before = get_ci(store.database, db)
    n2 = id_of(store.database, "name of n2")
    retire(store, AUTHOR, [Target(db), Target(n2)])
    retired = get_ci(store.database, db)
    assert retired == {**before, "status": "retired", "revision": retired["revision"]}
    assert relationships_of(store.database) == set()
    assert_follows_records(store)
    restore(store, AUTHOR, [Target(db), Target(n2)])
    assert relationships_of(store.database) == BOUND
    assert get_ci(store.database, db)["status"] == "operational"
    assert_follows_records(store)


def test_retiring_both_ends_and_restoring_them_one_by_one_binds_them_again(store: Store, db: str) -> None:
    app = id_of(store.database, "app")
    for operation in (retire, restore):
        operation(store, AUTHOR, [Target(db)])
        operation(store, AUTHOR, [Target(app)])
        assert_follows_records(store)
    assert relationships_of(store.database) == BOUND


def test_retiring_what_is_retired_and_restoring_what_is_current_change_nothing(store: Store, db: str) -> None:
    update_cis(store, AUTHOR, [(Target(db), {"status": "maintenance"})])
    assert restore(store, AUTHOR, [Target(db)]) is None
    assert get_ci(store.database, db)["status"] == "maintenance"
    retire(store, AUTHOR, [Target(db)])
    assert retire(store, AUTHOR, [Target(db)]) is None


def test_retiring_is_checked_like_any_write(store: Store, db: str) -> None:
    with pytest.raises(Outdated):
        retire(store, AUTHOR, [Target(db, 999)])
    with pytest.raises(NotFound):
        retire(store, AUTHOR, [Target("nobody")])


def test_a_source_that_sees_a_retired_ci_again_does_not_bring_it_back(store: Store, db: str) -> None:
    n2 = id_of(store.database, "name of n2")
    retire(store, AUTHOR, [Target(n2)])
    imported(store, [see("n2", description="still there")])
    assert get_ci(store.database, n2)["status"] == "retired"
    assert_follows_records(store)


def test_a_source_may_retire_a_ci_and_bring_it_back(store: Store, db: str) -> None:
    n2 = id_of(store.database, "name of n2")
    imported(store, [see("n2", status="retired")])
    assert get_ci(store.database, n2)["status"] == "retired"
    imported(store, [see("n2", status="maintenance")])
    assert get_ci(store.database, n2)["status"] == "maintenance"
    assert relationships_of(store.database) == BOUND
    assert_follows_records(store)


def test_a_ci_whose_creation_was_undone_is_not_restored_but_its_undo_is_undone(store: Store) -> None:
    (id_,) = created(store, "web-1")
    undo(store, AUTHOR, 1)
    assert retire(store, AUTHOR, [Target(id_)]) is None
    with pytest.raises(Conflict, match="Undo that revision"):
        restore(store, AUTHOR, [Target(id_)])
    undo(store, AUTHOR, latest(store.database).seq)
    assert get_ci(store.database, id_)["status"] == "operational"
