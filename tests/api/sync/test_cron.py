"""Crontab texts mean what cron(5) says."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from api.sync.cron import cron_trigger

START = datetime(2026, 3, 1, 12, 0, 30, tzinfo=UTC)  # a Sunday


def _times(text: str, count: int) -> list[str]:
    trigger, now = cron_trigger(text, UTC), START
    found = []
    for _ in range(count):
        moment = trigger.get_next_fire_time(None, now)
        found.append(f"{moment:%a %d %b %H:%M}")
        now = moment + timedelta(microseconds=1)
    return found


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("*/20 * * * *", ["Sun 01 Mar 12:20", "Sun 01 Mar 12:40", "Sun 01 Mar 13:00"]),
        ("5/25 * * * *", ["Sun 01 Mar 12:05", "Sun 01 Mar 12:30", "Sun 01 Mar 12:55", "Sun 01 Mar 13:05"]),
        (
            "30 6 * * 1-5",
            [f"{day} 06:30" for day in ("Mon 02 Mar", "Tue 03 Mar", "Wed 04 Mar", "Thu 05 Mar")],
        ),
        ("30 6 * * mon-fri", ["Mon 02 Mar 06:30"]),
        ("0 0 * * 0", ["Sun 08 Mar 00:00", "Sun 15 Mar 00:00"]),
        ("0 0 * * 7", ["Sun 08 Mar 00:00", "Sun 15 Mar 00:00"]),
        ("0 0 * * SUN", ["Sun 08 Mar 00:00", "Sun 15 Mar 00:00"]),
        ("0 0 * * fri-mon", ["Mon 02 Mar 00:00", "Fri 06 Mar 00:00", "Sat 07 Mar 00:00", "Sun 08 Mar 00:00"]),
        ("0 0 * * */3", ["Wed 04 Mar 00:00", "Sat 07 Mar 00:00", "Sun 08 Mar 00:00"]),
        ("0 0 * * 1/2", ["Mon 02 Mar 00:00", "Wed 04 Mar 00:00", "Fri 06 Mar 00:00", "Mon 09 Mar 00:00"]),
        ("0 0 1 jan,jun-jul *", ["Mon 01 Jun 00:00", "Wed 01 Jul 00:00", "Fri 01 Jan 00:00"]),
        ("0 0 13 * 5", ["Fri 06 Mar 00:00", "Fri 13 Mar 00:00", "Fri 20 Mar 00:00", "Fri 27 Mar 00:00"]),
        ("0 0 3 * 5", ["Tue 03 Mar 00:00", "Fri 06 Mar 00:00"]),
        ("0 0 29 2 *", ["Tue 29 Feb 00:00"]),  # of 2028
    ],
)
def test_times(text: str, times: list[str]) -> None:
    assert _times(text, len(times)) == times


def test_the_clock_is_that_of_the_zone() -> None:
    moment = cron_trigger("0 6 * * *", ZoneInfo("Asia/Kolkata")).get_next_fire_time(None, START)
    assert moment.astimezone(UTC) == datetime(2026, 3, 2, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("@daily", "has 1 fields; the five are minute, hour, day of the month, month, weekday"),
        ("0 6 * *", "has 4 fields"),
        ("0 6 * * * *", "has 6 fields"),
        ("60 6 * * *", "60"),
        ("* 24 * * *", "24"),
        ("* * 0 * *", "0"),
        ("* * * 13 *", "13"),
        ("* * * * 8", "weekday '8' is not from 0 to 7"),
        ("* * * * mon-fri!", "weekday 'mon-fri!' is none of"),
        ("* * * janu *", "month 'janu' is none of"),
        ("* mon * * *", "hour 'mon' is none of"),
        ("*/0 * * * *", "minute '\\*/0' is none of"),
        ("5-1 * * * *", "minimum value in a range must not be higher"),
        ("last * * * *", "minute 'last' is none of"),
        ("0 0 31 feb *", "never comes"),
    ],
)
def test_what_cannot_be_meant(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        cron_trigger(text, UTC)
