"""The plainest import there is: csv.DictReader, UNWIND, MERGE; no history, no checks, no report."""

import csv
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path

from neo4j import GraphDatabase, Session

from cmdb.embedded import Address

BATCH = 2000

Row = dict[str, str]

MERGE_CIS = """
    UNWIND $rows AS row
    MERGE (ci:Raw {native_id: row.native_id})
    SET ci += row
"""
MERGE_RELATIONSHIPS = """
    UNWIND $rows AS row
    MATCH (dependent:Raw {{native_id: row.from}})
    MATCH (provider:Raw {{native_id: row.to}})
    MERGE (dependent)-[relationship:{type} {{group: row.group}}]->(provider)
    SET relationship.need = row.need
"""


def raw_import(address: Address, folder: Path) -> int:
    """Import the folder; return the number of rows."""
    with (
        GraphDatabase.driver(address.uri, auth=(address.user, address.password)) as driver,
        driver.session() as session,
    ):
        session.run(
            "CREATE CONSTRAINT raw IF NOT EXISTS FOR (ci:Raw) REQUIRE ci.native_id IS UNIQUE"
        ).consume()
        done = _merge(session, MERGE_CIS, _read(folder / "cis.csv"))
        by_type = sorted(_read(folder / "relationships.csv"), key=itemgetter("type"))
        for type_, rows in groupby(by_type, key=itemgetter("type")):
            done += _merge(session, MERGE_RELATIONSHIPS.format(type=type_.upper()), rows)
    return done


def _read(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _merge(session: Session, query: str, rows: Iterable[Row]) -> int:
    done = 0
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        session.execute_write(lambda tx, batch: tx.run(query, rows=batch).consume(), batch)
        if not done:  # plans made while nothing was there scan labels, and would stay
            session.run("CALL db.clearQueryCaches()").consume()
        done += len(batch)
    return done
