"""What a clock says at an instant."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from cmdb.clocks.clock import Clock

ClockState = Literal["running", "paused", "met", "breached"]
WARNINGS = (50, 75)
BREACH = 100

Progress = list[tuple[datetime, timedelta]]
"""For each time that a clock ran: since when, and how much of it was working time."""


class Mark(NamedTuple):
    """A share of the target, in percent, and when it is reached.

    What is not passed lies ahead: as if a pause ended now, and a stopped clock had run on.
    """

    percent: int
    at: datetime
    passed: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What a clock says; times are working times of its calendar."""

    state: ClockState
    elapsed: timedelta
    remaining: timedelta
    """Negative once it is breached and ran on."""
    share: float
    """Of the target, in percent; more than 100 once it is breached and ran on."""
    due: datetime
    """When the whole target is used up, or would be: as if a pause ended now and a stopped clock ran on."""
    marks: tuple[Mark, ...]


def read_clock(clock: Clock, now: datetime, percents: Iterable[int] = (*WARNINGS, BREACH)) -> Reading:
    """What the clock says at that instant of its warnings, its breach and any other share of its target.

    Who is done at the very instant that it is due has met the target; time outside working hours after
    that instant does not mend a breach.
    """
    progress = _progress(clock, now)
    elapsed = sum((worked for _, worked in progress), timedelta())
    breach = _mark(clock, now, progress, BREACH)
    return Reading(
        state=_state(clock, now, breach.passed),
        elapsed=elapsed,
        remaining=clock.target - elapsed,
        share=100 * (elapsed / clock.target),
        due=breach.at,
        marks=tuple(_mark(clock, now, progress, percent) for percent in sorted(set(percents))),
    )


def _state(clock: Clock, now: datetime, is_breached: bool) -> ClockState:
    if is_breached:
        return "breached"
    if clock.stopped and clock.stopped <= now:
        return "met"
    return "paused" if clock.is_paused(now) else "running"


def _progress(clock: Clock, now: datetime) -> Progress:
    return [(begin, clock.calendar.working(begin, end)) for begin, end in clock.running(now)]


def _mark(clock: Clock, now: datetime, progress: Progress, percent: int) -> Mark:
    left = clock.target * percent / 100
    for begin, worked in progress:
        if left <= worked:
            at = clock.calendar.after(begin, left)
            return Mark(percent, at, passed=at != clock.stopped)
        left -= worked
    ahead = max(clock.until(now), clock.began)
    return Mark(percent, clock.calendar.after(ahead, left), passed=False)
