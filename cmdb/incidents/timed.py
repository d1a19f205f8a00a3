"""Incidents with what their clocks follow from: the states they went through, and the CIs they are about."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import neo4j

from cmdb.database import Database
from cmdb.errors import NotFound
from cmdb.records import Entry, Record, Span, spans
from cmdb.records.record import record_of

PAGE = 500
Read = Callable[..., list[neo4j.Record]]
"""How a query is run: on its own, or within a transaction."""


@dataclass(frozen=True, slots=True)
class Timed:
    """An incident, its states in order, and the CIs that count for what was promised, by their attributes."""

    record: Record
    history: Sequence[Span]
    cis: Sequence[Mapping[str, Any]]


def timed(read: Read, number: str) -> Timed:
    """One incident; raises NotFound."""
    found = _read(read, "", 1, [number.upper()])
    if not found:
        raise NotFound(f"There is no incident {number}.")
    return found[0]


def open_incidents(database: Database) -> Iterator[Timed]:
    """All open ones, by number; read in pages."""
    after = ""
    while page := _read(database.read, after, PAGE, None):
        yield from page
        after = page[-1].record.number


def _read(read: Read, after: str, limit: int, numbers: list[str] | None) -> list[Timed]:
    rows = read(
        """
        CALL () {
            WITH $numbers AS numbers WHERE numbers IS NOT NULL
            UNWIND numbers AS number MATCH (record:Record {number: number}) RETURN record
            UNION
            WITH $numbers AS numbers WHERE numbers IS NULL
            MATCH (record:Record {kind: 'incident', open: true}) WHERE record.number > $after
            RETURN record ORDER BY record.number LIMIT $limit
        }
        WITH record WHERE record.kind = 'incident'
        RETURN properties(record) AS record,
            COLLECT {
                MATCH (entry:LogEntry {record: record.number}) WHERE entry.to_state IS NOT NULL
                WITH entry ORDER BY entry.no
                RETURN [entry.at, entry.from_state, entry.to_state]
            } AS moves,
            [(record)-[link:CONCERNS]->(ci:CI) WHERE link.condition <> 'not_impacted' |
                ci {.id, .name, .class, .criticality}] AS cis
        ORDER BY record.number
        """,
        numbers=numbers,
        after=after,
        limit=limit,
    )
    return [_timed(row) for row in rows]


def _timed(row: Mapping[str, Any]) -> Timed:
    record = record_of(row["record"])
    moves = (Entry(at, "", "", from_state=before, to_state=after) for at, before, after in row["moves"])
    proposed = record.values.get("proposal") or {"services": ()}
    services = [{**service, "class": service["class_name"]} for service in proposed["services"]]
    return Timed(record, list(spans(moves)), [*row["cis"], *services])
