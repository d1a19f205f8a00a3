"""Working time, against a count of every minute."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cmdb.calendars import Calendar, CalendarDeclaration
from cmdb.errors import InvalidInput
from tests.cmdb.calendars.weeks import DAY, MINUTE, ZONES, Week, instants, weeks

MORNING, EVENING = 4 * 60, 23 * 60 - 1
"""Between these no zone changes its clocks, so that what is shown on a wall says when hours begin and end."""
HOUR = timedelta(hours=1)
MOMENT = timedelta(microseconds=1)


def calendar(zone: str, hours: dict[str, list[str]], **more: object) -> Calendar:
    return Calendar(CalendarDeclaration.model_validate({"zone": zone, "hours": hours, **more}))


def local(zone: str, *parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(zone))  # type: ignore[arg-type,misc]


@given(weeks(MORNING, EVENING), instants, st.integers(0, 3 * DAY))
@settings(max_examples=150, deadline=None)
def test_it_counts_the_minutes_that_are_open(week: Week, start: datetime, minutes: int) -> None:
    end = start + minutes * MINUTE
    assert week.calendar().working(start, end) == week.minutes(start, end) * MINUTE


@given(weeks(MORNING, EVENING), instants)
@settings(max_examples=300, deadline=None)
def test_it_is_open_when_the_wall_clock_says_so(week: Week, at: datetime) -> None:
    assert week.calendar().is_open(at) == week.is_open(at)


@given(weeks(MORNING, EVENING), instants, st.integers(0, DAY))
@settings(max_examples=150, deadline=None)
def test_it_finds_the_first_minute_by_which_so_much_has_passed(
    week: Week, start: datetime, minutes: int
) -> None:
    expected = week.after(start, minutes, within=5 * DAY)
    assume(expected is not None)
    assert week.calendar().after(start, minutes * MINUTE) == expected


@given(
    weeks(zones=(*ZONES, "Pacific/Apia")),
    instants | st.just(datetime(2011, 12, 29, 3, tzinfo=UTC)),
    st.timedeltas(MOMENT, timedelta(days=40)),
)
@settings(deadline=None)
def test_after_is_the_first_instant_even_where_hours_end_in_a_change(
    week: Week, start: datetime, working: timedelta
) -> None:
    made = week.calendar()
    end = made.after(start, working)
    assert made.working(start, end) == working
    assert made.working(start, end - MOMENT) == working - MOMENT
    assert made.is_open(end - MOMENT)


@given(weeks(), st.tuples(instants, instants, instants))
@settings(deadline=None)
def test_adjacent_times_add_up(week: Week, three: tuple[datetime, datetime, datetime]) -> None:
    made, (start, middle, end) = week.calendar(), sorted(three)
    assert made.working(start, middle) + made.working(middle, end) == made.working(start, end)
    assert made.working(end, start) == timedelta()


@given(st.sampled_from((*ZONES, "Pacific/Apia")), instants, st.timedeltas(timedelta(), timedelta(days=30)))
@settings(deadline=None)
def test_around_the_clock_all_time_counts(zone: str, start: datetime, passed: timedelta) -> None:
    whole = {"mon-sun": ["00:00-24:00"]}
    for made in (calendar(zone, whole), calendar(zone, whole, dates={"05-01": ["00:00-24:00"]})):
        assert made.working(start, start + passed) == passed
        assert made.after(start, passed) == start + passed
        assert made.is_open(start)


def test_a_night_shift_is_shorter_or_longer_when_the_clocks_change() -> None:
    nights = calendar("Europe/Berlin", {"mon-sun": ["22:00-06:00"]})
    for noon, hours in (
        (local("Europe/Berlin", 2026, 3, 28, 12), 7),
        (local("Europe/Berlin", 2026, 10, 24, 12), 9),
    ):
        assert nights.working(noon, noon + timedelta(days=1)) == hours * HOUR
    spring = local("Europe/Berlin", 2026, 3, 28, 23)
    assert nights.after(spring, 4 * HOUR) == local("Europe/Berlin", 2026, 3, 29, 4)


def test_a_time_that_is_skipped_is_read_by_the_offset_before() -> None:
    made = calendar("America/New_York", {"sun": ["02:30-06:00"]})
    midnight = local("America/New_York", 2026, 3, 8)
    assert made.after(midnight, MOMENT) == local("America/New_York", 2026, 3, 8, 3, 30) + MOMENT


def test_of_a_time_that_comes_twice_the_first_counts() -> None:
    made = calendar("America/New_York", {"sun": ["01:30-06:00"]})
    opening = local("America/New_York", 2026, 11, 1, 1, 30)
    assert made.is_open(opening)
    assert not made.is_open(opening - MOMENT)
    assert made.working(opening, opening + timedelta(hours=12)) == 5.5 * HOUR


def test_nothing_passes_at_once() -> None:
    made = calendar("UTC", {"mon": ["09:00-17:00"]})
    sunday = datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert made.after(sunday, timedelta()) == sunday


def test_a_time_without_zone_is_refused() -> None:
    made = calendar("UTC", {"mon": ["09:00-17:00"]})
    with pytest.raises(InvalidInput, match="no time zone"):
        made.is_open(datetime(2026, 11, 22, 12))


@pytest.mark.parametrize("hours", [{"mon": ["09:00-17:00"]}, {"mon-sun": ["00:00-24:00"]}])
def test_what_ends_after_all_years_is_refused(hours: dict[str, list[str]]) -> None:
    late = datetime(9999, 12, 30, tzinfo=UTC)
    with pytest.raises(InvalidInput, match="beyond the year 9999"):
        calendar("UTC", hours).after(late, 100 * HOUR)
