"""A clock of a record: what was promised to take no longer than so much working time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from cmdb.calendars import Calendar, Stretch, union

Pause = tuple[datetime, datetime | None]
"""From when until when a record was on hold; None: it still is."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The facts that a clock follows from; pauses come in any order and may overlap.

    A new target or calendar (the priority has changed) is a new clock with the same facts: time that has
    passed counts.
    """

    calendar: Calendar
    target: timedelta
    began: datetime
    stopped: datetime | None = None
    pauses: tuple[Pause, ...] = ()

    def until(self, now: datetime) -> datetime:
        """When it stopped, if that was by now, or else now."""
        return now if self.stopped is None else min(self.stopped, now)

    def is_paused(self, now: datetime) -> bool:
        """Whether it is on hold at that instant."""
        return any(begin <= now and (end is None or now < end) for begin, end in self.pauses)

    def running(self, now: datetime) -> Iterator[Stretch]:
        """When it has run, on hold left out, until it stopped, or else until now; in order."""
        until = self.until(now)
        begin = self.began
        for hold, resumed in union(
            (max(a, begin), until if b is None else min(b, until)) for a, b in self.pauses
        ):
            if begin < hold:
                yield begin, hold
            begin = resumed
        if begin < until:
            yield begin, until
