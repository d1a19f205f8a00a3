"""Changes by their windows, and those that are closed with what came of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from cmdb.changes.decisions import CHANGED
from cmdb.changes.plan import Window
from cmdb.database import Database
from cmdb.records import Record, instant
from cmdb.records.record import record_of

AHEAD = frozenset({"draft", "assessed", "awaiting_approval", "approved", "scheduled", "under_way"})
"""States in which the work of a change is not over."""
DONE = frozenset({"implemented", "failed", "backed_out", "review", "closed"})
"""States in which it is."""


@dataclass(frozen=True, slots=True)
class ClosedChange:
    """A closed change as far as risks are concerned; CIs by id, times as records tell them."""

    number: str
    title: str
    model: str
    team: str | None
    cis: frozenset[str]
    outcome: str | None
    likelihood: float | None
    assessed_at: str | None
    closed_at: str

    @property
    def failed(self) -> bool:
        """Whether its review says anything but successful; what needed no review was."""
        return self.outcome not in (None, "successful")


def changes_between(database: Database, window: Window, states: Collection[str] = AHEAD) -> list[Record]:
    """The changes in some states whose windows have a moment in common with one, by their begin."""
    rows = database.read(
        """
        MATCH (change:ChangeRecord)
        WHERE change.ends >= $start AND change.starts <= $end AND change.state IN $states
        RETURN properties(change) AS change ORDER BY change.starts, change.number
        """,
        start=instant(window.start),
        end=instant(window.end),
        states=list(states),
    )
    return [record_of(row["change"]) for row in rows]


def closed_changes(database: Database, before: datetime | None = None) -> list[ClosedChange]:
    """All that were done and closed, oldest first; with `before`, those closed before then.

    Those cancelled were never done.
    """
    rows = database.read(
        """
        MATCH (change:ChangeRecord {state: 'closed'})
        WHERE $before IS NULL OR change.closed_at < $before
        RETURN change {
                   .number, .title, .model, .team, .outcome, .likelihood, .assessed_at, .closed_at
               } AS change,
               [(change)-[link:CONCERNS]->(ci) WHERE link.condition = $changed | ci.id] AS cis
        ORDER BY change.closed_at, change.number
        """,
        before=before and instant(before),
        changed=CHANGED,
    )
    return [
        ClosedChange(
            number=row["change"]["number"],
            title=row["change"]["title"],
            model=row["change"]["model"],
            team=row["change"]["team"],
            cis=frozenset(row["cis"]),
            outcome=row["change"]["outcome"],
            likelihood=row["change"]["likelihood"],
            assessed_at=row["change"]["assessed_at"],
            closed_at=row["change"]["closed_at"],
        )
        for row in rows
    ]
