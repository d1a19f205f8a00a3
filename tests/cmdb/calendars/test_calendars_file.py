"""`calendars.toml`: what it may say, and how its mistakes are told."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cmdb.calendars import load_calendars
from cmdb.errors import CatalogueError
from cmdb.policy import Policies

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)


def load(folder: Path, text: str) -> dict[str, timedelta]:
    """The working time of a week in each calendar."""
    (folder / "calendars.toml").write_text(text, encoding="utf-8")
    loaded = load_calendars(Policies(folder))
    return {name: made.working(MONDAY, MONDAY + timedelta(days=7)) for name, made in loaded.items()}


def test_the_shipped_ones_are_around_the_clock_and_of_an_office() -> None:
    loaded = load_calendars(Policies())
    assert list(loaded) == ["24x7", "office"]
    sunday = MONDAY - timedelta(hours=12)
    assert [made.is_open(sunday) for made in loaded.values()] == [True, False]
    assert [made.is_open(MONDAY + timedelta(hours=12)) for made in loaded.values()] == [True, True]


def test_an_own_file_stands_in_place_of_the_shipped_one(tmp_path: Path) -> None:
    text = """
    [calendars.desk]
    hours = { mon-thu = ["08:00-12:00", "13:00-17:00"], fri = ["08:00-12:00"], sat-sun = [] }
    [calendars.night]
    hours = { sat-mon = ["22:00-02:00"] }
    """
    hour = timedelta(hours=1)
    assert load(tmp_path, text) == {"desk": 36 * hour, "night": 12 * hour}


@pytest.mark.parametrize(
    ("line", "key", "reason"),
    [
        ('hours = { mon = ["8-12"] }', "hours.mon.0", "write it as"),
        ('hours = { mon = ["08:00-25:00"] }', "hours.mon.0", "no time of day"),
        ('hours = { mon = ["08:00-24:01"] }', "hours.mon.0", "no time of day"),
        ('hours = { mon = ["08:60-12:00"] }', "hours.mon.0", "no time of day"),
        ('hours = { mon = ["08:00-08:00"] }', "hours.mon.0", "has no length"),
        ('hours = { mon = ["24:00-08:00"] }', "hours.mon.0", "has no length"),
        ('hours = { monday = ["08:00-12:00"] }', "hours", "'monday' is neither one of mon"),
        ('hours = { mon-fri = ["08:00-12:00"], fri = [] }', "", "fri more than once"),
        ("hours = { mon = [] }", "", "would never run"),
        ("", "hours", "Field required"),
        ('hours = { mon = ["08:00-12:00"] }\nzone = "Berlin"', "zone", "not an IANA time zone"),
        ('hours = { mon = ["08:00-12:00"] }\nzones = "UTC"', "zones", "did you mean 'zone'"),
        ('hours = { mon = ["08:00-12:00"] }\nholidays = { country = "XX" }', "holidays", "'XX' is not"),
        (
            'hours = { mon = ["08:00-12:00"] }\nholidays = { country = "DE", subdivision = "XX" }',
            "holidays",
            "DE has no subdivision 'XX'",
        ),
        ('hours = { mon = ["08:00-12:00"] }\ndates = { 02-30 = [] }', "dates", "'02-30' is neither"),
        (
            'hours = { mon = ["08:00-12:00"] }\ndates = { 2026-02-29 = [] }',
            "dates",
            "'2026-02-29' is neither",
        ),
        ('hours = { mon = ["08:00-12:00"] }\ndates = { 20261224 = [] }', "dates", "'20261224' is neither"),
    ],
)
def test_a_mistake_is_told_by_file_key_and_reason(tmp_path: Path, line: str, key: str, reason: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        load(tmp_path, f"[calendars.mine]\n{line}\n")
    (mistake,) = caught.value.extensions["mistakes"]
    assert mistake["file"] == str(tmp_path / "calendars.toml")
    assert mistake["key"].startswith(f"calendars.mine{key and '.'}{key}")
    assert reason in mistake["reason"]
