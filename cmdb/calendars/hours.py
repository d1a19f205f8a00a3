"""Hours in files: spans of a day such as `08:00-12:00`, and the weekdays that they are for."""

import re
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, PlainValidator

DAY = 24 * 60
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Span(NamedTuple):
    """Minutes from the midnight with which a day begins; one over midnight ends after `DAY`."""

    begin: int
    end: int


WHOLE_DAY = Span(0, DAY)


def _minutes(text: str) -> int:
    hours, minutes = map(int, text.split(":"))
    if minutes > 59 or hours * 60 + minutes > DAY:
        raise ValueError(f"{text!r} is no time of day")
    return hours * 60 + minutes


def _span(value: object) -> Span:
    found = (
        re.fullmatch(r"([0-9]{2}:[0-9]{2})-([0-9]{2}:[0-9]{2})", value) if isinstance(value, str) else None
    )
    if not found:
        raise ValueError(f'{value!r} is not a span of a day: write it as "08:00-17:30"')
    begin, end = map(_minutes, found.groups())
    if begin in (end, DAY):
        raise ValueError(f'{value!r} has no length; a whole day is "00:00-24:00"')
    return Span(begin, end if end > begin else end + DAY)


def _weekdays(text: str) -> str:
    weekdays(text)
    return text


def weekdays(text: str) -> tuple[int, ...]:
    """The weekdays that `mon`, or `mon-fri`, means: 0 is Monday. ValueError for anything else."""
    first, _, last = text.partition("-")
    if first not in WEEKDAYS or (last or first) not in WEEKDAYS:
        raise ValueError(
            f"{text!r} is neither one of {', '.join(WEEKDAYS)} nor from one to another, as mon-fri"
        )
    begin, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
    return tuple(day % 7 for day in range(begin, end + 1 if end >= begin else end + 8))


Hours = tuple[Annotated[Span, PlainValidator(_span)], ...]
Weekdays = Annotated[str, AfterValidator(_weekdays)]
