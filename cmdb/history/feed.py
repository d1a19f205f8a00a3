"""The change feed: revisions in order, each with what it did."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from neo4j import ManagedTransaction

from cmdb.database import Database
from cmdb.history.present import created_by
from cmdb.history.revision import Kind, Revision


@dataclass(frozen=True, slots=True)
class Event:
    """What a revision did to one subject. Replaying an event means reading the subject as it is now."""

    kind: Kind
    subject: str
    action: Literal["created", "changed", "removed"]


def revisions(database: Database, after: int = 0, limit: int = 100) -> list[Revision]:
    """The revisions that follow `after` (a seq), oldest first."""
    rows = database.read(
        "MATCH (r:Revision) WHERE r.seq > $after RETURN r ORDER BY r.seq LIMIT $limit",
        after=after,
        limit=limit,
    )
    return [Revision.of(row["r"]) for row in rows]


def recent(database: Database, before: int | None = None, limit: int = 100) -> list[Revision]:
    """The revisions that precede `before` (a seq), newest first."""
    rows = database.read(
        """
        MATCH (r:Revision) WHERE r.seq < $before
        RETURN r ORDER BY r.seq DESC LIMIT $limit
        """,
        before=sys.maxsize if before is None else before,
        limit=limit,
    )
    return [Revision.of(row["r"]) for row in rows]


def events(database: Database, seq: int) -> list[Event]:
    """What a revision did.

    A thing that was created and later removed appears only where it was removed.
    """
    return database.snapshot(lambda tx: list(_events(tx, seq)))


def _events(tx: ManagedTransaction, seq: int) -> Iterator[Event]:
    record = tx.run("MATCH (r:Revision {seq: $seq}) RETURN r.id AS id", seq=seq).single()
    if record is None:
        return
    for kind, subject in created_by(tx, [record["id"]]):
        yield Event(kind, subject, "created")
    for row in tx.run(
        "MATCH (c:Change {revision: $id}) RETURN c.kind AS kind, c.subject AS subject, "
        "c.removed AS removed ORDER BY kind, subject",
        id=record["id"],
    ):
        action: Literal["removed", "changed"] = "removed" if row["removed"] else "changed"
        yield Event(Kind(row["kind"]), row["subject"], action)
