"""Whoever speaks Cypher can read the graph, with nothing of Linchpin but docs/graph.md."""

from collections.abc import Iterator

import pytest
from neo4j import Driver, GraphDatabase

from cmdb.embedded import Address
from cmdb.history import latest
from cmdb.store import Link, Store, Target, relate, retire, update_cis
from tests.cmdb.graphs import AUTHOR, created, id_of, imported, on, see


@pytest.fixture
def driver(prepared_address: Address) -> Iterator[Driver]:
    address = prepared_address
    with GraphDatabase.driver(address.uri, auth=(address.user, address.password)) as driver:
        yield driver


@pytest.fixture
def estate(store: Store) -> Store:
    """An app on two database servers of which one must be up, and a retired server."""
    imported(
        store,
        [
            see(
                "app",
                *(on(db, "runs_on", group="dbs", need=1) for db in ("db1", "db2")),
                class_="application",
            ),
            see("db1", class_="virtual_machine", os="Linux"),
            see("db2", class_="virtual_machine"),
        ],
    )
    (old,) = created(store, "old server")
    retire(store, AUTHOR, [Target(old)])
    return store


def query(driver: Driver, text: str, **parameters: object) -> list[list[object]]:
    return [record.values() for record in driver.execute_query(text, parameters).records]


def test_a_query_for_a_class_finds_the_classes_below_it(driver: Driver, estate: Store) -> None:
    assert query(driver, "MATCH (s:Server) RETURN s.name, s.class, s.status ORDER BY s.name") == [
        ["name of db1", "virtual_machine", "operational"],
        ["name of db2", "virtual_machine", "operational"],
    ]


def test_failure_flows_against_the_arrows(driver: Driver, estate: Store) -> None:
    found = query(
        driver,
        "MATCH path = (hit:CI)-[*1..5]->(:CI {name: $name}) "
        "RETURN hit.name, [r IN relationships(path) | [type(r), r.group, r.need]]",
        name="name of db1",
    )
    assert found == [["name of app", [["RUNS_ON", "dbs", 1]]]]


def test_retired_cis_are_beside_the_current_graph(driver: Driver, estate: Store) -> None:
    assert query(driver, "MATCH (ci:RetiredCI) RETURN ci.name, ci:CI") == [["old server", False]]


def test_the_audit_trail_can_be_read(driver: Driver, estate: Store) -> None:
    (app,) = query(driver, "MATCH (ci:CI {name: 'name of app'}) RETURN ci.id")[0]
    update_cis(estate, AUTHOR, [(Target(str(app)), {"description": "the shop"})])
    found = query(
        driver,
        "MATCH (c:Change {kind: 'ci', subject: $id}) MATCH (r:Revision {id: c.revision}) "
        "RETURN r.seq, r.actor, r.origin, c.before CONTAINS 'description'",
        id=app,
    )
    assert found == [[latest(estate.database).seq, "tests", "test", False]]


def test_who_asserts_a_dependency_can_be_read(driver: Driver, estate: Store) -> None:
    app, db = id_of(estate.database, "name of app"), id_of(estate.database, "name of db1")
    link = Link(app, "runs_on", db, "dbs", {"need": 1})
    relate(estate, AUTHOR, [link])
    assert query(
        driver, "MATCH (:Application)-[r:RUNS_ON]->(b) RETURN b.name, r.sources ORDER BY b.name"
    ) == [
        ["name of db1", ["manual", "scanner"]],
        ["name of db2", ["scanner"]],
    ]
