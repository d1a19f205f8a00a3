"""Public holidays and own dates."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cmdb.calendars import Calendar, CalendarDeclaration

NOON = 12
OFFICE: dict[str, object] = {"hours": {"mon-fri": ["08:00-18:00"]}}


def calendar(**more: object) -> Calendar:
    return Calendar(CalendarDeclaration.model_validate(OFFICE | more))


def is_open(made: Calendar, day: date, hour: int = NOON) -> bool:
    return made.is_open(datetime(day.year, day.month, day.day, hour, tzinfo=UTC))


@pytest.mark.parametrize(
    ("country", "subdivision", "day", "is_off"),
    [
        ("DE", None, date(2027, 3, 8), False),
        ("DE", "BE", date(2027, 3, 8), True),  # International Women's Day, in Berlin only
        ("DE", "BY", date(2027, 3, 8), False),
        ("US", None, date(2026, 7, 3), True),  # for the 4th, a Saturday
        ("US", None, date(2021, 12, 31), True),  # for the first of the next year
        ("IN", None, date(2026, 1, 26), True),
        ("GB", "SCT", date(2026, 11, 30), True),  # Saint Andrew
        ("GB", "ENG", date(2026, 11, 30), False),
    ],
)
def test_public_holidays_of_a_country_and_subdivision(
    country: str, subdivision: str | None, day: date, is_off: bool
) -> None:
    place = {"country": country} | ({"subdivision": subdivision} if subdivision else {})
    assert day.weekday() < 5
    assert is_open(calendar(holidays=place), day) is not is_off


def test_own_dates_count_before_weekdays_and_holidays() -> None:
    made = calendar(
        holidays={"country": "DE"},
        dates={"12-24": [], "2026-12-25": ["11:00-13:00"], "2026-12-27": ["10:00-14:00"]},
    )
    assert not is_open(made, date(2026, 12, 24))
    assert not is_open(made, date(2027, 12, 24))
    assert is_open(made, date(2026, 12, 25))
    assert not is_open(made, date(2026, 12, 25), hour=15)
    assert is_open(made, date(2026, 12, 27))


def test_a_date_of_one_year_counts_before_that_of_every_year() -> None:
    made = calendar(dates={"12-24": [], "2026-12-24": ["08:00-18:00"]})
    assert is_open(made, date(2026, 12, 24))
    assert not is_open(made, date(2025, 12, 24))


def test_a_leap_day_can_be_closed_each_time() -> None:
    made = calendar(dates={"02-29": []})
    assert not is_open(made, date(2028, 2, 29))
    assert is_open(made, date(2027, 3, 1))


def test_a_shift_over_midnight_belongs_to_the_day_on_which_it_begins() -> None:
    nights = calendar(hours={"mon-sun": ["22:00-06:00"]}, dates={"2026-12-25": []})
    midnight = datetime(2026, 12, 25, tzinfo=UTC)
    assert nights.working(midnight, midnight + timedelta(days=1)) == timedelta(hours=6)
    assert nights.working(midnight, midnight + timedelta(days=2)) == timedelta(hours=8)
