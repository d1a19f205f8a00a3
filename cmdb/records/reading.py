"""Reading records: one, a page of them, those about CIs, and full-text search."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cmdb.database import Database
from cmdb.errors import InvalidInput, NotFound
from cmdb.records.record import Record, record_of

LARGEST_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records; what is None is left open. Times are as records tell them."""

    kind: str | None = None
    open: bool | None = None
    states: Collection[str] | None = None
    ci: str | None = None
    fields: Mapping[str, Any] | None = None
    opened_from: str | None = None
    opened_before: str | None = None


ALL = Wanted()


@dataclass(frozen=True, slots=True)
class Records:
    """A page of records; `next` is the cursor of the following page, None on the last."""

    items: Sequence[Record]
    next: str | None


def get_record(database: Database, number: str) -> Record:
    """A record by its number, in any case; raises NotFound."""
    rows = database.read(
        "MATCH (record:Record {number: $number}) RETURN properties(record) AS record", number=number.upper()
    )
    if not rows:
        raise NotFound(f"There is no record {number}.")
    return record_of(rows[0]["record"])


def list_records(
    database: Database, wanted: Wanted = ALL, limit: int = 50, cursor: str | None = None
) -> Records:
    """A page of records, the newest first: by the time they were opened at, then by number."""
    if not 1 <= limit <= LARGEST_PAGE:
        raise InvalidInput(f"limit {limit} is not between 1 and {LARGEST_PAGE}.")
    at, _, number = (cursor or "9").partition(" ")
    rows = database.read(
        """
        MATCH (record:Record)
        WHERE record.opened_at <= $at AND (record.opened_at < $at OR record.number < $number)
          AND ($kind IS NULL OR record.kind = $kind)
          AND ($open IS NULL OR record.open = $open)
          AND ($states IS NULL OR record.state IN $states)
          AND ($from IS NULL OR record.opened_at >= $from)
          AND ($before IS NULL OR record.opened_at < $before)
          AND all(name IN keys($fields) WHERE record[name] = $fields[name])
          AND ($ci IS NULL OR EXISTS { (record)-[:CONCERNS]->(ci:CI|RetiredCI {id: $ci}) })
        RETURN properties(record) AS record
        ORDER BY record.opened_at DESC, record.number DESC LIMIT $limit
        """,
        at=at,
        number=number,
        kind=wanted.kind,
        open=wanted.open,
        states=None if wanted.states is None else list(wanted.states),
        ci=wanted.ci,
        fields=dict(wanted.fields or {}),
        **{"from": wanted.opened_from, "before": wanted.opened_before},
        limit=limit + 1,
    )
    found = [record_of(row["record"]) for row in rows]
    items = found[:limit]
    return Records(items, f"{items[-1].opened_at} {items[-1].number}" if len(found) > limit else None)


def records_of_cis(database: Database, cis: Collection[str], kind: str, open_only: bool) -> list[Record]:
    """The records of a kind that are about any of some CIs (by id), the newest first."""
    rows = database.read(
        """
        UNWIND $cis AS id
        CALL (id) { MATCH (ci:CI {id: id}) RETURN ci UNION MATCH (ci:RetiredCI {id: id}) RETURN ci }
        MATCH (ci)<-[:CONCERNS]-(record:Record)
        WHERE record.kind = $kind AND (record.open OR NOT $open_only)
        WITH DISTINCT record ORDER BY record.opened_at DESC, record.number DESC
        RETURN properties(record) AS record
        """,
        cis=list(cis),
        kind=kind,
        open_only=open_only,
    )
    return [record_of(row["record"]) for row in rows]


def related_to(database: Database, number: str) -> list[tuple[str, Record]]:
    """The records that say they are related to this one, each with how."""
    rows = database.read(
        """
        MATCH (:Record {number: $number})<-[link:RELATES_TO]-(other:Record)
        RETURN link.type AS type, properties(other) AS other ORDER BY type, other.number
        """,
        number=number,
    )
    return [(row["type"], record_of(row["other"])) for row in rows]


def search_records(database: Database, text: str, kind: str | None = None, limit: int = 50) -> list[Record]:
    """Records with words like those of `text` in number, title or description, the best first."""
    words = re.findall(r"\w+", text.lower())
    if not words:
        return []
    rows = database.read(
        """
        CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()
        CALL db.index.fulltext.queryNodes('record_text', $words) YIELD node, score
        WHERE $kind IS NULL OR node.kind = $kind
        RETURN properties(node) AS record ORDER BY score DESC, node.number DESC LIMIT $limit
        """,
        words=" AND ".join(f"({word}~1 OR {word}*)" for word in words),
        kind=kind,
        limit=limit,
    )
    return [record_of(row["record"]) for row in rows]
