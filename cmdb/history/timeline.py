"""The history of one CI: every revision that touched it or its relationships."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import orjson
from neo4j import ManagedTransaction

from cmdb.database import Database
from cmdb.history.difference import Difference
from cmdb.history.past import State
from cmdb.history.present import present, relationships_of
from cmdb.history.revision import Kind, Revision

Key = tuple[Kind, str]
Step = tuple[int, State | None, State | None]
"""A revision (by id), and the states before and after it."""


class Change(NamedTuple):
    """A change as the undo log has it."""

    revision: int
    before: State
    removed: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A revision and what it did to the CI and its relationships."""

    revision: Revision
    differences: tuple[Difference, ...]


def timeline(database: Database, ci: str) -> list[Entry]:
    """All that happened to a CI (by id) and to its relationships, newest first."""
    return database.snapshot(lambda tx: _timeline(tx, ci))


def _timeline(tx: ManagedTransaction, ci: str) -> list[Entry]:
    changes = _changes(tx, ci)
    now = present(tx, {(Kind.CI, ci), *changes}) | relationships_of(tx, ci)
    by_revision: dict[int, list[Difference]] = {}
    for kind, subject in sorted(changes.keys() | now.keys()):
        key = kind, subject
        for revision, before, after in _steps(changes.get(key, []), now.get(key)):
            by_revision.setdefault(revision, []).append(Difference(kind, subject, before, after))
    rows = tx.run("MATCH (r:Revision) WHERE r.id IN $ids RETURN r ORDER BY r.seq DESC", ids=list(by_revision))
    return [Entry(Revision.of(row["r"]), tuple(by_revision[row["r"]["id"]])) for row in rows]


def _steps(changes: list[Change], now: State | None) -> Iterator[Step]:
    """Each revision that gave the subject another state, in order; creations leave no change behind."""
    created = None
    states = [change.before for change in changes]
    for change, following in zip(changes, [*states, now][1:], strict=True):
        if change.before["created"] != created:
            created = change.before["created"]
            yield created, None, change.before
        yield change.revision, change.before, None if change.removed else following
    if now is not None and now["created"] != created:
        yield now["created"], None, now


def _changes(tx: ManagedTransaction, ci: str) -> dict[Key, list[Change]]:
    rows = tx.run(
        """
        CALL () {
            MATCH (change:Change {subject: $ci}) RETURN change
            UNION MATCH (change:Change {dependent: $ci}) RETURN change
            UNION MATCH (change:Change {provider: $ci}) RETURN change
        }
        MATCH (revision:Revision {id: change.revision})
        RETURN change ORDER BY revision.seq
        """,
        ci=ci,
    )
    changes: dict[Key, list[Change]] = {}
    for row in rows:
        node = row["change"]
        change = Change(node["revision"], orjson.loads(node["before"]), node["removed"])
        changes.setdefault((Kind(node["kind"]), node["subject"]), []).append(change)
    return changes
