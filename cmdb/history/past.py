"""The undo log read back: what differs between now and the time after an earlier revision."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from neo4j import ManagedTransaction

from cmdb.history.revision import Kind

State = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Past:
    """Everything as it was after revision `seq`, told as the difference from now.

    `later` holds the ids of the revisions since; `before` maps (kind, subject) to the properties at `seq`
    of all that was changed or removed since; `purged` counts the CIs of which nothing is left to tell.
    """

    seq: int
    later: frozenset[int]
    before: Mapping[tuple[Kind, str], State]
    purged: int

    def state(self, kind: Kind, subject: str, current: State | None) -> State | None:
        """The properties of a subject at `seq`, from those it has now; None where it was not there."""
        state = self.before.get((kind, subject), current)
        return None if state is None or state["created"] in self.later else state

    def states(self, kind: Kind) -> list[State]:
        """What was there of one kind, and has been changed or removed since."""
        return [state for (other, _), state in self.before.items() if other is kind]


def read_past(tx: ManagedTransaction, seq: int) -> Past:
    """Read what has changed since revision `seq`, at a cost that follows the number of changes."""
    rows = tx.run(
        """
        MATCH (revision:Revision) WHERE revision.seq > $seq
        RETURN revision.id AS id, coalesce(revision.purged, 0) AS purged,
               COLLECT {
                   MATCH (change:Change {revision: revision.id})
                   RETURN [change.kind, change.subject, change.before]
               } AS changes
        ORDER BY revision.seq
        """,
        seq=seq,
    )
    later: list[int] = []
    before: dict[tuple[Kind, str], str] = {}
    purged = 0
    for row in rows:
        later.append(row["id"])
        purged += row["purged"]
        for kind, subject, text in row["changes"]:
            before.setdefault((Kind(kind), subject), text)
    states = {key: orjson.loads(text) for key, text in before.items()}
    return Past(seq, frozenset(later), states, purged)
