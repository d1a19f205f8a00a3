"""Revisions: every write transaction is one, and what it changed can be told ever after."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

import orjson
from neo4j import ManagedTransaction, Record

from cmdb.database import Database

T = TypeVar("T")


class Kind(StrEnum):
    """What a change can be about, and what its subject is."""

    CI = "ci"  # id
    RELATIONSHIP = "relationship"  # see `relationship_subject`
    SOURCE_RECORD = "source_record"  # key
    RECORD = "record"  # number
    TEAM = "team"  # name
    DELEGATION = "delegation"  # its key
    RISK_ACCEPTANCE = "risk_acceptance"  # its key
    IDENTITY_DECISION = "identity_decision"  # its key


def relationship_subject(dependent: str, type_: str, provider: str, group: str | None) -> str:
    """What identifies a relationship: the ids of its ends, its type, and its group if it has one."""
    return f"{dependent} {type_} {provider} {group or ''}"


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes, by which way, and why; `run` is the id of an import, `undoes` the seq of a revision."""

    actor: str
    origin: str
    reason: str = ""
    run: str | None = None
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """A committed write transaction. `seq` has no gaps; `at` (UTC) strictly increases with it."""

    seq: int
    at: datetime
    actor: str
    origin: str
    reason: str
    run: str | None = None
    undoes: int | None = None
    purged: int = 0

    @classmethod
    def of(cls, properties: Mapping[str, Any]) -> "Revision":
        """The revision that a `Revision` node tells of."""
        return cls(
            seq=properties["seq"],
            at=properties["at"].to_native(),
            actor=properties["actor"],
            origin=properties["origin"],
            reason=properties["reason"],
            run=properties.get("run"),
            undoes=properties.get("undoes"),
            purged=properties.get("purged", 0),
        )


class Draft:
    """A write transaction on its way to become a revision.

    What it creates carries `id`; what it changes or removes it tells to `changed`, with the properties
    from before. A draft that nobody touched makes no revision.
    """

    def __init__(self, database: Database, tx: ManagedTransaction, revision_id: int) -> None:
        self._database = database
        self._tx = tx
        self.id = revision_id
        self.purged = 0
        self._touched = False
        self._changes: list[dict[str, Any]] = []

    def run(self, query: str, **parameters: Any) -> list[Record]:
        """Run one query of the transaction and fetch its rows."""
        return list(self._tx.run(query, parameters))

    def numbers(self, name: str, count: int) -> list[int]:
        """Take numbers for new CIs (`ci`) or records (`record`)."""
        return self._database.numbers(name, count) if count else []

    def created(self) -> None:
        """Note that something was created."""
        self._touched = True

    def changed(self, kind: Kind, subject: str, before: Mapping[str, Any], removed: bool = False) -> None:
        """Note that `subject` was changed or removed, with its properties from before."""
        self._touched = True
        change = {
            "kind": kind.value,
            "subject": subject,
            "before": orjson.dumps(before, option=orjson.OPT_SORT_KEYS).decode(),
            "removed": removed,
        }
        if kind is Kind.RELATIONSHIP:
            change["dependent"], _, change["provider"], _ = subject.split(" ", 3)
        self._changes.append(change)

    def differences(self) -> dict[tuple[Kind, str], Mapping[str, Any]]:
        """What it has changed or removed so far: kind and subject → the properties from before."""
        before: dict[tuple[Kind, str], Mapping[str, Any]] = {}
        for change in self._changes:
            key = Kind(change["kind"]), change["subject"]
            before.setdefault(key, orjson.loads(change["before"]))
        return before

    def seal(self, author: Author) -> Revision | None:
        """Write the changes and, as the last statement, take the revision's number."""
        if not self._touched:
            return None
        if self._changes:
            self.run(
                "UNWIND $changes AS change CREATE (c:Change {revision: $id}) SET c += change",
                changes=self._changes,
                id=self.id,
            )
        (record,) = self.run(
            """
            MERGE (head:Head {name: 'revision'})
            SET head.locked = true
            WITH head, datetime.truncate('microsecond', datetime.realtime('Z')) AS now
            SET head.value = coalesce(head.value, 0) + 1,
                head.at = CASE WHEN head.at IS NULL OR now > head.at
                               THEN now ELSE head.at + duration({microseconds: 1}) END
            REMOVE head.locked
            CREATE (revision:Revision {id: $id, seq: head.value, at: head.at})
            SET revision += $author
            RETURN revision
            """,
            id=self.id,
            author={
                "actor": author.actor,
                "origin": author.origin,
                "reason": author.reason,
                "run": author.run,
                "undoes": author.undoes,
                "purged": self.purged or None,
            },
        )
        return Revision.of(record["revision"])


def revise(database: Database, author: Author, work: Callable[[Draft], T]) -> tuple[T, Revision | None]:
    """Do `work` in one write transaction; return its result and the revision, if it changed anything.

    `work` may be run again (see `Database.write`), each time with a fresh draft.
    """
    (revision_id,) = database.numbers("revision_id", 1)

    def transaction(tx: ManagedTransaction) -> tuple[T, Revision | None]:
        draft = Draft(database, tx, revision_id)
        return work(draft), draft.seal(author)

    return database.write(transaction)
