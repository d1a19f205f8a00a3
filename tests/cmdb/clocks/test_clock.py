"""Clocks, against a count of every minute in which one runs."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmdb.calendars import Calendar, CalendarDeclaration
from cmdb.clocks import BREACH, Clock, Mark, Pause, Reading, read_clock

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
OFFICE = Calendar(CalendarDeclaration.model_validate({"hours": {"mon-fri": ["08:00-12:00", "13:00-17:00"]}}))
WHOLE = Calendar(CalendarDeclaration.model_validate({"hours": {"mon-sun": ["00:00-24:00"]}}))
WEEK = 7 * 24 * 60

minutes = st.integers(0, WEEK).map(lambda count: MONDAY + count * MINUTE)
pauses = st.lists(st.tuples(minutes, st.none() | minutes), max_size=4).map(tuple)


@st.composite
def clocks(draw: st.DrawFn) -> Clock:
    """Clocks whose pauses overlap, end before they begin, or lie outside."""
    began = draw(minutes)
    return Clock(
        calendar=draw(st.sampled_from((OFFICE, WHOLE))),
        target=draw(st.integers(1, 40)) * 4 * MINUTE,  # so that quarters are whole minutes
        began=began,
        stopped=draw(st.none() | minutes),
        pauses=draw(pauses),
    )


def runs(clock: Clock, at: datetime) -> bool:
    return (
        clock.began <= at
        and (clock.stopped is None or at < clock.stopped)
        and not any(begin <= at and (end is None or at < end) for begin, end in clock.pauses)
        and clock.calendar.is_open(at)
    )


def counted(clock: Clock, now: datetime) -> dict[int, datetime]:
    """The elapsed minutes, and when each was complete."""
    ends: dict[int, datetime] = {0: clock.began}
    for at in range((now - clock.began) // MINUTE):
        instant = clock.began + at * MINUTE
        if runs(clock, instant):
            ends[len(ends)] = instant + MINUTE
    return ends


@given(clocks(), minutes)
@settings(max_examples=200, deadline=None)
def test_it_says_what_a_count_of_minutes_says(clock: Clock, now: datetime) -> None:
    ends, reading = counted(clock, now), read_clock(clock, now)
    elapsed = (len(ends) - 1) * MINUTE
    assert reading.elapsed == elapsed
    assert reading.remaining == clock.target - elapsed
    assert reading.share == pytest.approx(100 * (elapsed / clock.target))
    for mark in reading.marks:
        at = ends.get(clock.target * mark.percent // 100 // MINUTE)
        assert mark.passed == (at is not None and at != clock.stopped)
        if at:
            assert mark.at == at


@given(clocks(), minutes)
@settings(max_examples=200, deadline=None)
def test_its_state_follows_from_what_was_reached_before_it_stopped(clock: Clock, now: datetime) -> None:
    reading = read_clock(clock, now)
    due = counted(clock, now).get(clock.target // MINUTE)
    stopped = clock.stopped if clock.stopped and clock.stopped <= now else None
    if due and due != stopped:
        assert reading.state == "breached"
    elif stopped:
        assert reading.state == "met"
    else:
        assert reading.state == ("paused" if clock.is_paused(now) else "running")


@given(clocks(), minutes)
@settings(deadline=None)
def test_what_lies_ahead_comes_true_if_it_runs_on(clock: Clock, now: datetime) -> None:
    so_far = Clock(clock.calendar, clock.target, clock.began, None, _ended(clock.pauses, now))
    for mark in read_clock(so_far, now).marks:
        assert read_clock(so_far, mark.at, [mark.percent]).marks == (mark._replace(passed=True),)
        assert not read_clock(so_far, mark.at - MINUTE, [mark.percent]).marks[0].passed


def _ended(given: Iterable[Pause], now: datetime) -> tuple[Pause, ...]:
    return tuple((begin, min(end or now, now)) for begin, end in given if begin < now)


def of_day(*pauses: tuple[int, int | None], stopped: float | None = None, target: int = 8) -> Clock:
    """A clock of so many office hours from Monday at 8; pauses and stop in hours after midnight."""
    return Clock(
        OFFICE,
        target * HOUR,
        MONDAY + 8 * HOUR,
        None if stopped is None else MONDAY + stopped * HOUR,
        tuple((MONDAY + a * HOUR, None if b is None else MONDAY + b * HOUR) for a, b in pauses),
    )


def at(clock: Clock, hours: float) -> Reading:
    return read_clock(clock, MONDAY + hours * HOUR)


def test_marks_and_what_is_left() -> None:
    reading = at(of_day(), 12.5)
    assert (reading.state, reading.share, reading.remaining) == ("running", 50, 4 * HOUR)
    assert reading.marks == (
        Mark(50, MONDAY + 12 * HOUR, True),
        Mark(75, MONDAY + 15 * HOUR, False),
        Mark(BREACH, MONDAY + 17 * HOUR, False),
    )
    assert reading.due == MONDAY + 17 * HOUR


def test_a_pause_outside_working_hours_puts_nothing_off() -> None:
    assert at(of_day((17, 32), target=9), 40).due == MONDAY + 33 * HOUR


def test_a_pause_moves_what_is_due_by_the_working_time_in_it() -> None:
    assert at(of_day((10, 14)), 15).due == MONDAY + (24 + 11) * HOUR


def test_while_it_is_on_hold_it_is_due_as_if_it_resumed_now() -> None:
    on_hold = of_day((9, None))
    assert at(on_hold, 10).state == at(on_hold, 16).state == "paused"
    assert at(on_hold, 10).due == MONDAY + (24 + 9) * HOUR
    assert at(on_hold, 16).due == MONDAY + (24 + 15) * HOUR
    assert at(on_hold, 16).share == 12.5


def test_restored_straight_from_a_hold_is_met_and_the_hold_does_not_count() -> None:
    reading = at(of_day((9, None), stopped=100), 200)
    assert (reading.state, reading.elapsed) == ("met", HOUR)


def test_done_at_the_very_instant_it_is_due_is_met() -> None:
    assert at(of_day(stopped=17), 100).state == "met"
    assert at(of_day(stopped=17.01), 100).state == "breached"


def test_at_the_instant_it_is_due_one_that_runs_is_breached() -> None:
    assert at(of_day(), 16.99).state == "running"
    assert at(of_day(), 17).state == "breached"


def test_done_in_the_night_after_it_was_due_is_breached_though_no_working_time_passed() -> None:
    reading = at(of_day(stopped=30), 100)
    assert (reading.state, reading.share, reading.due) == ("breached", 100, MONDAY + 17 * HOUR)


def test_after_a_breach_it_counts_on() -> None:
    reading = at(of_day(), 34)
    assert (reading.state, reading.share, reading.remaining) == ("breached", 125, -2 * HOUR)


def test_asked_of_an_earlier_time_it_does_not_know_what_came_later() -> None:
    reading = at(of_day((9, 10), stopped=11), 8.5)
    assert (reading.state, reading.due) == ("running", MONDAY + 17 * HOUR)


def test_before_it_began_nothing_has_passed() -> None:
    reading = at(of_day(), 3)
    assert (reading.state, reading.elapsed, reading.due) == ("running", timedelta(), MONDAY + 17 * HOUR)
