"""Outages that follow from changes: planned when one is scheduled, begun and ended with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from cmdb.changes.assessment import Assessment
from cmdb.changes.checks import window_of
from cmdb.outages import CAUSED_BY, outages_of
from cmdb.records import Attempt, By, Desk, Edit, Record, Related, instant, moved, noted, opened

PLANNED = "planned"
"""The type of such outages, and their state until they begin."""
ACTIVE = (PLANNED, "ongoing")


def follow(desk: Desk, taken: Attempt) -> None:
    """Let the planned outages of a change follow the step that it has just taken, in the same revision.

    Other outages that are said to be caused by it are let alone.
    """
    if what := FOLLOWING.get(taken.record.state):
        what(_Outages(desk, taken))


class _Expected(NamedTuple):
    """An outage as it is to come: the service by id, and from when to when."""

    service: str
    began: str
    ended: str


@dataclass(frozen=True, slots=True)
class _Outages:
    desk: Desk
    taken: Attempt

    def plan(self) -> None:
        """Have one for each time that a service is away as planned; reject those that no longer hold."""
        expected = self._expected()
        for outage in self._active():
            if expected.pop(_told(outage), None) is None:
                self._move(outage, "reject")
        for one, name in expected.items():
            self._open(one, name)

    def begin(self) -> None:
        """Move them by as much as the change starts after its window opens, and begin what is due."""
        if self._left() != "scheduled":
            self.plan()
        late = datetime.fromisoformat(self.taken.at) - window_of(self.taken.record).start
        for outage in self._active():
            times = {name: datetime.fromisoformat(outage.values[name]) + late for name in ("began", "ended")}
            edit = Edit(values={name: instant(at) for name, at in times.items()})
            if edit.values["began"] <= self.taken.at:
                self._move(outage, "begin", edit)
            else:
                noted(self.taken.draft, self.desk, self._by(outage), outage, "edit", edit)

    def end_as_planned(self) -> None:
        """End them as planned, or now where that is sooner."""
        self._end(lambda outage: min(outage.values["ended"], self.taken.at))

    def end_now(self) -> None:
        """End them now: until then nothing was as planned."""
        self._end(lambda _: self.taken.at)

    def withdraw(self) -> None:
        """Reject those that are to come."""
        for outage in self._active():
            self._move(outage, "reject")

    def _end(self, ended: Callable[[Record], str]) -> None:
        for outage in self._active():
            if outage.values["began"] > self.taken.at:
                self._move(outage, "reject")
                continue
            begun = self._move(outage, "begin") if outage.state == PLANNED else outage
            self._move(begun, "end", Edit(values={"ended": ended(begun)}))

    def _expected(self) -> dict[_Expected, str]:
        """Those to come, with the names of their services; away for good is away until the window ends."""
        change = self.taken.record
        assessment, until = Assessment.model_validate(change.values["assessment"]), window_of(change).end
        return {
            _Expected(hurt.id, away.begin, away.end or instant(until)): hurt.name
            for hurt in assessment.findings.planned
            for away in hurt.away
        }

    def _left(self) -> str:
        """The state that the change was in before the step."""
        (row,) = self.taken.draft.run(
            "MATCH (entry:LogEntry {record: $number, no: $no}) RETURN entry.from_state AS state",
            number=self.taken.record.number,
            no=self.taken.record.entries,
        )
        return str(row["state"])

    def _active(self) -> list[Record]:
        known = outages_of(self.taken.draft, self.taken.record.number)
        return [one for one in known if one.values["type"] == PLANNED and one.state in ACTIVE and one.links]

    def _open(self, one: _Expected, name: str) -> None:
        change = self.taken.record
        edit = Edit(
            values={
                "title": f"{name} away, {change.number}",
                "type": PLANNED,
                "began": one.began,
                "ended": one.ended,
            },
            links={one.service: "affected"},
            related=frozenset({Related(CAUSED_BY, change.number)}),
        )
        outage = opened(self.taken.draft, self.desk, self._by(), "outage", edit)
        self._move(outage, "plan")

    def _move(self, outage: Record, step: str, edit: Edit | None = None) -> Record:
        return moved(self.taken.draft, self.desk, self._by(outage), outage, step, edit or Edit())

    def _by(self, outage: Record | None = None) -> By:
        """Who took the step. What is written of an outage after the step happened is written now."""
        change, by = self.taken.record, self.taken.by
        late = outage is not None and outage.changed_at > self.taken.at
        return replace(by, note=f"{change.number} is {change.state}", at=None if late else by.at)


def _told(outage: Record) -> _Expected:
    return _Expected(outage.links[0].ci, outage.values["began"], outage.values["ended"])


FOLLOWING: Mapping[str, Callable[[_Outages], None]] = {
    "scheduled": _Outages.plan,
    "under_way": _Outages.begin,
    "implemented": _Outages.end_as_planned,
    "backed_out": _Outages.end_now,
    "draft": _Outages.withdraw,
    "assessed": _Outages.withdraw,
    "cancelled": _Outages.withdraw,
}
"""What becomes of outages, by the state that a change has reached. After a failure they go on."""
