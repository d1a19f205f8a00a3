"""What differs between two moments, and what has drifted from a baseline."""

from dataclasses import dataclass

from neo4j import ManagedTransaction

from cmdb.database import Database
from cmdb.history.past import State, read_past
from cmdb.history.present import created_by, present
from cmdb.history.revision import Kind

DIFFED = (Kind.CI, Kind.RELATIONSHIP)
BOOKKEEPING = frozenset({"created", "revision"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One CI or relationship at two moments; `before` or `after` is None where it was not there."""

    kind: Kind
    subject: str
    before: State | None
    after: State | None

    @property
    def fields(self) -> list[str]:
        """The properties that differ."""
        before, after = self.before or {}, self.after or {}
        names = (before.keys() | after.keys()) - BOOKKEEPING
        return sorted(name for name in names if before.get(name) != after.get(name))


def difference(database: Database, earlier: int, later: int) -> list[Difference]:
    """List what differs between the graph after two revisions (by seq), by kind and subject.

    A CI that was retired in between appears with its status.
    """
    return database.snapshot(lambda tx: _difference(tx, earlier, later))


def _difference(tx: ManagedTransaction, earlier: int, later: int) -> list[Difference]:
    old, new = read_past(tx, earlier), read_past(tx, later)
    subjects = {key for key in old.before if key[0] in DIFFED}
    now = created_by(tx, old.later) | present(tx, subjects)
    found = [
        Difference(
            kind,
            subject,
            old.state(kind, subject, now.get((kind, subject))),
            new.state(kind, subject, now.get((kind, subject))),
        )
        for kind, subject in sorted(subjects | now.keys())
    ]
    return [one for one in found if one.fields]
