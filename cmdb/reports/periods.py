"""Consecutive periods of a calendar: days, weeks from Monday on, months, quarters."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from cmdb.errors import InvalidInput

By = Literal["day", "week", "month", "quarter"]
Seconds = NDArray[np.int64]
"""Since 1970 in UTC."""

FIRST = date(1970, 1, 1)
"""The first day that reports know."""
MOST = 1_000
"""Periods in a report."""


@dataclass(frozen=True, slots=True, eq=False)
class Periods:
    """Periods by name; each lasts from its edge up to the next one, which no longer belongs to it."""

    by: By
    zone: str
    names: tuple[str, ...]
    edges: Seconds

    def place(self, times: Seconds) -> NDArray[np.int64]:
        """The index of the period that each time lies in, -1 where it lies in none."""
        place = np.searchsorted(self.edges, times, side="right") - 1
        place[(place >= len(self.names)) | (place < 0)] = -1
        return place.astype(np.int64)


def cut(since: date, until: date, by: By, zone: str, now: datetime) -> Periods:
    """The periods from the beginning of a day up to that of another, in a time zone.

    The first and the last are cut off where the dates do not fall on their edges, and all of it at `now`.
    Raises InvalidInput where there is no period, or more than 1,000.
    """
    if since < FIRST:
        raise InvalidInput(f"{since} is too long ago; no report begins before {FIRST}.")
    place = _zone(zone)
    today = now.astimezone(place).date()
    until = min(until, today + timedelta(days=1))
    if since >= until:
        raise InvalidInput(f"There is no day from {since} up to, and without, {until}.")
    days = [day for day, _ in zip(_edges(since, until, by), range(MOST + 2), strict=False)]
    if len(days) > MOST + 1:
        raise InvalidInput(f"These are more than {MOST:,} periods; ask for fewer, or for longer ones.")
    moments = [datetime.combine(day, time(), place).timestamp() for day in days]
    edges = np.array([min(moment, now.timestamp() + 1) for moment in moments]).astype(np.int64)
    return Periods(by, zone, tuple(_name(day, by) for day in days[:-1]), edges)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise InvalidInput(f"There is no time zone {name!r}; name one like Europe/Berlin.") from error


def _edges(since: date, until: date, by: By) -> Iterator[date]:
    while since < until:
        yield since
        since = _following(since, by)
    yield until


def _following(day: date, by: By) -> date:
    """The first day of the next period."""
    if by == "day":
        return day + timedelta(days=1)
    if by == "week":
        return day + timedelta(days=7 - day.weekday())
    months = 1 if by == "month" else 3 - (day.month - 1) % 3
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def _name(day: date, by: By) -> str:
    if by == "day":
        return day.isoformat()
    if by == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    return f"{day:%Y-%m}" if by == "month" else f"{day.year}-Q{(day.month + 2) // 3}"


def seconds(texts: Iterable[str]) -> Seconds:
    """Times as records tell them, in seconds."""
    return np.array([text.removesuffix("Z") for text in texts], dtype="datetime64[s]").astype(np.int64)
