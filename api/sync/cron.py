"""Times written as in a crontab.

APScheduler reads five fields too, but counts weekdays from Monday, takes a day of the month and a weekday
together to mean both, and overlooks what follows a name. Here they mean what cron(5) says.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, tzinfo

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.cron import CronTrigger

FIELDS = ("minute", "hour", "day of the month", "month", "weekday")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
NUMBERS: Mapping[str, Mapping[str, str]] = {
    "month": {name: str(number) for number, name in enumerate(MONTHS, 1)},
    "weekday": {name: str(number) for number, name in enumerate(WEEKDAYS)},
}
"""Names that stand for numbers, by field."""
ITEM = re.compile(r"(?:\*|[0-9]+(?:-[0-9]+)?)(?:/[1-9][0-9]*)?")


def cron_trigger(text: str, zone: tzinfo | None = None) -> BaseTrigger:
    """When the five fields say, by the clock of the zone (unset: that of the machine).

    Raises ValueError with the reason for a text that cannot be meant, or that names no day there is.
    """
    fields = text.lower().split()
    if len(fields) != len(FIELDS):
        raise ValueError(f"has {len(fields)} fields; the five are {', '.join(FIELDS)}")
    minute, hour, day, month, weekday = map(_numbers, fields, FIELDS)
    weekdays = ",".join(_weekdays(weekday))

    def trigger(day: str, weekdays: str) -> CronTrigger:
        return CronTrigger(
            minute=minute, hour=hour, day=day, month=month, day_of_week=weekdays, timezone=zone
        )

    either = not day.startswith("*") and not weekday.startswith("*")
    found = OrTrigger([trigger(day, "*"), trigger("*", weekdays)]) if either else trigger(day, weekdays)
    if found.get_next_fire_time(None, datetime.now(UTC)) is None:
        raise ValueError("never comes")
    return found


def _numbers(field: str, name: str) -> str:
    """The field with numbers for names; raises ValueError where it is not written as cron reads it."""
    numbers = NUMBERS.get(name, {})
    plain = re.sub("[a-z]+", lambda word: numbers.get(word[0], word[0]), field)
    if not all(ITEM.fullmatch(item) for item in plain.split(",")):
        raise ValueError(f"{name} {field!r} is none of *, 5, 1-5, */10, 1-5/2, or several with commas")
    return plain


def _weekdays(field: str) -> Iterator[str]:
    """The names of the weekdays of a field, in which 0 and 7 are Sunday; a range may pass Saturday."""
    for item in field.split(","):
        days, _, step = item.partition("/")
        first, _, last = ("0-6" if days == "*" else days).partition("-")
        start, end = int(first), int(last or ("6" if step else first))
        if max(start, end) > 7:
            raise ValueError(f"weekday {item!r} is not from 0 to 7")
        for number in range(start, (end + 7 if end < start else end) + 1, int(step or 1)):
            yield WEEKDAYS[number % 7]
