import pytest

from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.errors import NotFound
from cmdb.history import Kind, cis_at, latest, relationships_at
from cmdb.store import (
    Link,
    Store,
    Target,
    get_ci_at,
    purge,
    relate,
    relationships,
    relationships_of_ci_at,
    restore,
    retire,
    unrelate,
    update_cis,
)
from tests.cmdb.graphs import AUTHOR, as_of, created, graph


@pytest.fixture
def store(database: Database, catalogue: Catalogue) -> Store:
    return Store(database, catalogue)


def lived_through(store: Store) -> list[str]:
    """Three CIs that have seen every kind of change."""
    app, db, disk = created(store, "app", "db", "disk")
    relate(store, AUTHOR, [Link(app, "depends_on", db), Link(db, "uses", disk, "disks")])
    update_cis(store, AUTHOR, [(Target(db), {"name": "database", "environment": "test"})])
    unrelate(store, AUTHOR, [Link(app, "depends_on", db)])
    relate(store, AUTHOR, [Link(app, "depends_on", db, "dbs", {"need": 1})])
    relate(store, AUTHOR, [Link(app, "depends_on", db, "dbs", {"need": "50%"})])
    retire(store, AUTHOR, [Target(db)])
    restore(store, AUTHOR, [Target(db)])
    retire(store, AUTHOR, [Target(disk)])
    return [app, db, disk]


def test_one_ci_is_as_the_whole_graph_was(store: Store) -> None:
    ids = lived_through(store)
    now = graph(store.database)
    for seq in range(latest(store.database).seq + 1):
        whole = as_of(store.database, seq, now)
        expected = {subject: state for (kind, subject), state in whole.items() if kind is Kind.CI}
        assert cis_at(store.database, ids, seq) == expected
        for id_ in ids:
            assert relationships_at(store.database, id_, seq) == {
                subject: state
                for (kind, subject), state in whole.items()
                if kind is Kind.RELATIONSHIP and id_ in subject.split(" ")
            }


def test_the_newest_revision_is_now(store: Store) -> None:
    ids = lived_through(store)
    now = latest(store.database).seq
    for id_ in ids:
        assert relationships_of_ci_at(store.database, id_, now) == relationships(store.database, id_)


def test_what_was_not_there_yet_is_not_found(store: Store) -> None:
    (id_,) = created(store, "app")
    assert get_ci_at(store.database, id_, 1)["name"] == "app"
    with pytest.raises(NotFound, match="at revision 0"):
        get_ci_at(store.database, id_, 0)


def test_of_what_was_purged_nothing_is_left_to_tell(store: Store) -> None:
    app, db = created(store, "app", "db")
    relate(store, AUTHOR, [Link(app, "uses", db)])
    retire(store, AUTHOR, [Target(db)])
    purge(store, AUTHOR, [Target(db)])
    assert cis_at(store.database, [app, db], 2).keys() == {app}
    assert relationships_of_ci_at(store.database, app, 2) == []
