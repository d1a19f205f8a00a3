"""The Cypher that really runs finds its way by indexes, in a graph that has something in it."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from neo4j import ManagedTransaction

from cmdb.database import Database
from cmdb.history import difference, events, latest, moment, read_past, recent, revisions, timeline
from cmdb.identity import open_cases
from cmdb.runs import Run
from cmdb.store import (
    Filter,
    Link,
    Page,
    Store,
    Target,
    find_ci,
    get_ci,
    keep_apart,
    list_cis,
    merge,
    purge,
    relate,
    relationships,
    restore,
    retire,
    search,
    split,
    undo,
    undo_run,
    unrelate,
    update_cis,
)
from tests.cmdb.graphs import AUTHOR, created, imported, on, see

SIZE = 1000
SCANS = ("AllNodesScan", "LabelScan", "LabelsScan", "AllRelationshipsScan", "RelationshipTypeScan")
SHORT = (":Run", ":Pending", ":AWAITS", ":Shared", ":IdentityDecision")
"""What there is so little of, or all of which is wanted, that reading all of it is right."""

Query = tuple[str, Mapping[str, Any]]


@pytest.fixture
def estate(store: Store) -> Store:
    """A populated graph, with plans made for it."""
    imported(store, (see(f"n{n}", on(f"n{n // 2}") if n else on("missing")) for n in range(SIZE)))
    store.database.define("CALL db.clearQueryCaches()")
    return store


@pytest.fixture
def heard(estate: Store, monkeypatch: pytest.MonkeyPatch) -> dict[str, Mapping[str, Any]]:
    """All queries from now on with the parameters of their last use."""
    queries: dict[str, Mapping[str, Any]] = {}
    run = ManagedTransaction.run

    def listen(tx: ManagedTransaction, query: str, parameters: Any = None, **more: Any) -> Any:
        queries[query] = {**(parameters or {}), **more}
        return run(tx, query, parameters, **more)

    monkeypatch.setattr(ManagedTransaction, "run", listen)
    return queries


def test_writing_and_looking_back_scan_nothing(
    estate: Store, heard: dict[str, Mapping[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    do_everything(estate)
    monkeypatch.undo()
    assert len(heard) > 40
    scanning = {
        query: scans
        for query, parameters in heard.items()
        if (scans := scans_of(estate, (query, parameters)))
    }
    assert scanning == {}


def do_everything(store: Store) -> None:
    database = store.database
    report = imported(
        store, [see("n7", on("n8"), os="new"), see("x", on("n7"), on("y")), see("n9", on("n10"))]
    )
    imported(store, [see("y")])
    first, second = created(store, "hand 1", "hand 2")
    link = Link(first, "uses", second)
    relate(store, AUTHOR, [link])
    unrelate(store, AUTHOR, [link])
    seven = find_ci(database, "name of n7")
    update_cis(store, AUTHOR, [(Target(seven), {"description": "text"})])
    retire(store, AUTHOR, [Target(seven)])
    restore(store, AUTHOR, [Target(seven)])
    undo(store, AUTHOR, latest(database).seq)
    undo_run(store, AUTHOR, report.run)
    retire(store, AUTHOR, [Target(second)])
    purge(store, AUTHOR, [Target(second)])
    decide(store, seven)
    look_back(database, seven)


def decide(store: Store, id_: str) -> None:
    """Find things missing, and merge and split."""
    run = Run(store.database, store.catalogue, AUTHOR, "nmap", complete=True, retire_at_most=1)
    run.take_in([see("seven", fqdn="seven.example"), see("other")])
    run = Run(store.database, store.catalogue, AUTHOR, "nmap", complete=True, retire_at_most=1)
    run.take_in([see("seven", fqdn="seven.example")])
    open_cases(store.database, store.catalogue)
    other = find_ci(store.database, "name of seven")
    merge(store, AUTHOR, Target(id_), [Target(other)])
    split(store, AUTHOR, Target(id_), ["nmap::seven", f"manual::{other}"])
    keep_apart(store, AUTHOR, [Target(id_), Target(other)])


def look_back(database: Database, id_: str) -> None:
    newest = latest(database)
    get_ci(database, id_)
    relationships(database, id_)
    timeline(database, id_)
    events(database, newest.seq)
    revisions(database, newest.seq - 3)
    recent(database)
    list_cis(database, Filter(), Page())
    search(database, "name", Page())
    moment(database, newest.at.isoformat())
    difference(database, newest.seq - 5, newest.seq)
    database.snapshot(lambda tx: read_past(tx, newest.seq - 5))


def scans_of(store: Store, query: Query) -> list[str]:
    text, parameters = query
    plan = store.database.write(lambda tx: tx.run(f"EXPLAIN {text}", dict(parameters)).consume().plan)
    return [
        f"{operator['operatorType']} {operator['args'].get('Details')}"
        for operator in operators(plan or {})
        if operator["operatorType"].split("@")[0].removesuffix("Pipe").endswith(SCANS)
        and not any(name in str(operator["args"].get("Details")) for name in SHORT)
    ]


def operators(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield plan
    for child in plan.get("children", ()):
        yield from operators(child)
