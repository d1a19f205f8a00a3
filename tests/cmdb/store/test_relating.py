import pytest

from cmdb.errors import InvalidInput, NotFound, Outdated
from cmdb.store import Link, Store, Target, relate, relationships, retire, unrelate
from tests.cmdb.conditions import assert_follows_records
from tests.cmdb.graphs import AUTHOR, created, id_of, imported, on, relationships_of, see


def test_a_relationship_points_from_the_dependent_to_the_provider(store: Store) -> None:
    app, db = created(store, "app", "db")
    relate(store, AUTHOR, [Link(app, "depends_on", db)])
    (row,) = store.database.read("MATCH (a:CI)-[r:DEPENDS_ON]->(b:CI) RETURN a.id, b.id, r.sources")
    assert row.values() == [app, db, ["manual"]]
    assert [(r.direction, r.other["name"]) for r in relationships(store.database, app)] == [
        ("provider", "db")
    ]
    assert [(r.direction, r.other["name"]) for r in relationships(store.database, db)] == [
        ("dependent", "app")
    ]


def test_relating_twice_makes_one_relationship_and_no_revision(store: Store) -> None:
    app, db = created(store, "app", "db")
    link = Link(app, "depends_on", db)
    relate(store, AUTHOR, [link, link])
    assert relate(store, AUTHOR, [link]) is None
    assert relationships_of(store.database) == {("app", "DEPENDS_ON", "db")}


def test_a_group_takes_on_the_terms_said_last(store: Store) -> None:
    app, *dbs = created(store, "app", "db-1", "db-2", "db-3")
    relate(store, AUTHOR, [Link(app, "depends_on", db, "dbs", {"need": 1}) for db in dbs[:2]])
    relate(store, AUTHOR, [Link(app, "uses", dbs[2], "dbs", {"need": "60%", "weight": 2})])
    rows = store.database.read("MATCH ()-[r {group: 'dbs'}]->() RETURN r.need AS need")
    assert [row["need"] for row in rows] == ["60%"] * 3
    assert_follows_records(store)


def test_what_cannot_be_meant_is_refused(store: Store) -> None:
    app, db, other = created(store, "app", "db", "other")
    retire(store, AUTHOR, [Target(other)])
    for link, error in [
        (Link(app, "depends_on", app), InvalidInput),
        (Link(app, "depend_on", db), InvalidInput),
        (Link(app, "depends_on", db, "g", {"need": "0"}), InvalidInput),
        (Link(app, "depends_on", db, "g", {"strength": "strong"}), InvalidInput),
        (Link(app, "depends_on", "nobody"), NotFound),
        (Link(app, "depends_on", other), NotFound),
        (Link(app, "depends_on", db, revision=999), Outdated),
    ]:
        with pytest.raises(error):
            relate(store, AUTHOR, [link])
    with pytest.raises(InvalidInput, match="disagree"):
        relate(
            store,
            AUTHOR,
            [Link(app, "depends_on", db, "g", {"need": 1}), Link(app, "uses", db, "g", {"need": 2})],
        )
    assert relationships_of(store.database) == set()


def test_unrelating_takes_back_what_people_said(store: Store) -> None:
    app, db = created(store, "app", "db")
    link = Link(app, "depends_on", db)
    relate(store, AUTHOR, [link])
    unrelate(store, AUTHOR, [link])
    assert relationships_of(store.database) == set()
    with pytest.raises(NotFound):
        unrelate(store, AUTHOR, [link])


def test_a_dependency_that_a_person_denied_stays_away_until_a_person_states_it(store: Store) -> None:
    seen = [see("app", on("db", group="g")), see("db")]
    imported(store, seen)
    app, db = id_of(store.database, "name of app"), id_of(store.database, "name of db")
    link = Link(app, "depends_on", db, "g")
    unrelate(store, AUTHOR, [link])
    imported(store, [see("app", on("db", group="g", weight=2), description="seen again"), see("db")])
    assert relationships_of(store.database) == set()
    assert_follows_records(store)
    relate(store, AUTHOR, [link])
    (row,) = store.database.read("MATCH ()-[r:DEPENDS_ON]->() RETURN r.sources AS sources")
    assert row["sources"] == ["manual", "scanner"]
