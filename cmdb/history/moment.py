"""Names of moments: a revision's number, a time, a baseline's name, or now."""

from datetime import UTC, datetime

from cmdb.database import Database
from cmdb.errors import NotFound
from cmdb.history.revision import Revision

BEGINNING = Revision(0, datetime.min.replace(tzinfo=UTC), "", "", "before the first revision")
LONGEST_NUMBER = 18
"""Digits that surely fit 64 bits."""


def latest(database: Database) -> Revision:
    """The newest revision, or BEGINNING where there is none."""
    query = "MATCH (r:Revision) WHERE r.seq > 0 RETURN r ORDER BY r.seq DESC LIMIT 1"
    return _one(database, query) or BEGINNING


def moment(database: Database, text: str) -> Revision:
    """The revision in force at a moment: `42`, `2026-11-21T22:00Z`, `2026-11-21`, a baseline's name.

    A time without a zone is UTC; a date means its beginning. Raises NotFound for anything else.
    """
    if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER:
        return _revision(database, int(text))
    try:
        at = datetime.fromisoformat(text)
        at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return _baseline(database, text)
    # Neo4j tells equal times in two zones apart; revisions have theirs in UTC.
    query = """
        MATCH (r:Revision) WHERE r.at <= datetime({datetime: $at, timezone: 'UTC'})
        RETURN r ORDER BY r.at DESC LIMIT 1
    """
    return _one(database, query, at=at) or BEGINNING


def _revision(database: Database, seq: int) -> Revision:
    if seq == 0:
        return BEGINNING
    if found := _one(database, "MATCH (r:Revision {seq: $seq}) RETURN r", seq=seq):
        return found
    raise NotFound(f"There is no revision {seq}; the newest is {latest(database).seq}.")


def _baseline(database: Database, name: str) -> Revision:
    rows = database.read("MATCH (b:Baseline {name: $name}) RETURN b.seq AS seq", name=name)
    if rows:
        return _revision(database, rows[0]["seq"])
    raise NotFound(
        f"{name!r} is neither a revision's number, nor a time such as 2026-11-21T22:00Z, "
        "nor the name of a baseline."
    )


def _one(database: Database, query: str, **parameters: object) -> Revision | None:
    rows = database.read(query, **parameters)
    return Revision.of(rows[0]["r"]) if rows else None
