"""The graph as of a revision, read from Neo4j in few large rows."""

from collections.abc import Iterator, Mapping
from itertools import repeat
from typing import TypeVar

from cmdb.database import Database
from cmdb.history import Kind, Past, Revision, read_past
from impact.projection.build import build
from impact.projection.projection import Projection
from impact.projection.rows import CIRow, RelationshipRow

R = TypeVar("R", CIRow, RelationshipRow)
Told = tuple[int, R]
"""A row, and the id of the revision that created what it tells of."""


def load(database: Database, strengths: Mapping[str, str], revision: Revision) -> Projection:
    """Build the projection of the graph as it was after a revision.

    What is there now is read first and what has changed since the revision afterwards: so the
    result is exact whatever is written meanwhile. `strengths` is as in `build`.
    """
    cis, relationships = list(_cis(database)), list(_relationships(database))
    past = database.snapshot(lambda tx: read_past(tx, revision.seq))
    return build(
        _rewound(cis, past, _cis_before(past)),
        _rewound(relationships, past, _relationships_before(past)),
        strengths,
        revision,
        past.purged,
    )


def _rewound(now: list[Told[R]], past: Past, before: dict[object, Told[R]]) -> Iterator[R]:
    """What was there: unchanged since, or as it was before its first change."""
    unchanged = (told for told in now if _key(told[1]) not in before) if before else iter(now)
    for rows in (unchanged, before.values()):
        yield from (row for created, row in rows if created not in past.later)


def _key(row: CIRow | RelationshipRow) -> object:
    return row.no if isinstance(row, CIRow) else row[:4]


def _cis_before(past: Past) -> dict[object, Told[CIRow]]:
    states = (state for (kind, _), state in past.before.items() if kind is Kind.CI)
    rows = ((s["created"], CIRow(s["no"], s["class"], s["status"])) for s in states)
    return {_key(row): (created, row) for created, row in rows}


def _relationships_before(past: Past) -> dict[object, Told[RelationshipRow]]:
    states = (state for (kind, _), state in past.before.items() if kind is Kind.RELATIONSHIP)
    rows = (
        (
            state["created"],
            RelationshipRow(
                dependent=state["dependent_no"],
                provider=state["provider_no"],
                type=state["type"].lower(),
                group=state.get("group"),
                need=state.get("need"),
                strength=state.get("strength"),
                weight=state.get("weight"),
                assumed=state.get("assumed", False),
            ),
        )
        for state in states
    )
    return {_key(row): (created, row) for created, row in rows}


def _cis(database: Database) -> Iterator[Told[CIRow]]:
    records = database.read(
        """
        MATCH (ci:CI)
        WITH ci.class AS class, ci.status AS status, ci.no / 10000 AS block,
             collect(ci.no) AS nos, collect(ci.created) AS created
        RETURN class, status, nos, created
        """
    )
    for record in records:
        rows = map(CIRow, record["nos"], repeat(record["class"]), repeat(record["status"]))
        yield from zip(record["created"], rows, strict=True)


def _relationships(database: Database) -> Iterator[Told[RelationshipRow]]:
    """Those alike in all but their ends and group come as one record of lists."""
    records = database.read(
        """
        MATCH (dependent:CI)-[r]->(provider:CI)
        WITH dependent.no / 10000 AS block, type(r) AS type, r.need AS need, r.strength AS strength,
             r.weight AS weight, coalesce(r.assumed, false) AS assumed, r.group IS NULL AS alone,
             collect(dependent.no) AS dependents, collect(provider.no) AS providers,
             collect(r.group) AS groups, collect(r.created) AS created
        RETURN type, need, strength, weight, assumed, dependents, providers, groups, created
        """
    )
    for record in records:
        rows = map(
            RelationshipRow,
            record["dependents"],
            record["providers"],
            repeat(record["type"].lower()),
            record["groups"] or repeat(None),
            repeat(record["need"]),
            repeat(record["strength"]),
            repeat(record["weight"]),
            repeat(record["assumed"]),
        )
        yield from zip(record["created"], rows, strict=True)
