"""The history of one CI: every revision that touched it or its relationships."""

from dataclasses import dataclass

import orjson
from neo4j import ManagedTransaction

from cmdb.database import Database
from cmdb.history.difference import Difference
from cmdb.history.present import present, relationships_of
from cmdb.history.revision import Kind, Revision
from cmdb.history.steps import Change, steps

Key = tuple[Kind, str]


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
        for revision, before, after in steps(changes.get(key, []), now.get(key)):
            by_revision.setdefault(revision, []).append(Difference(kind, subject, before, after))
    rows = tx.run("MATCH (r:Revision) WHERE r.id IN $ids RETURN r ORDER BY r.seq DESC", ids=list(by_revision))
    return [Entry(Revision.of(row["r"]), tuple(by_revision[row["r"]["id"]])) for row in rows]


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
