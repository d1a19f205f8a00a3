"""A working calendar: how much working time there is between two instants, and when so much has passed.

Instants are aware datetimes; answers are in UTC. Working time is real time that passes: where the clocks
change inside a span of hours, it is an hour shorter or longer.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import takewhile
from zoneinfo import ZoneInfo

from cmdb.calendars.declarations import CalendarDeclaration
from cmdb.calendars.hours import WHOLE_DAY, Span, weekdays
from cmdb.calendars.public import public_holidays
from cmdb.calendars.stretches import Stretch, union
from cmdb.errors import InvalidInput

ONE_DAY = timedelta(days=1)
NEIGHBOURS = range(-3, 2)
"""Local dates, from a date in UTC, whose hours can reach into it: zones are up to 14 hours off and have
skipped a whole day, and a span over midnight belongs to the day on which it begins."""


class Calendar:
    """When there is work; always the same answers, safe for many threads."""

    def __init__(self, declared: CalendarDeclaration) -> None:
        self._zone = ZoneInfo(declared.zone)
        self._week = {day: spans for key, spans in declared.hours.items() for day in weekdays(key)}
        self._holidays = declared.holidays
        self._dates = declared.dates
        self._always = (
            not (self._holidays or self._dates)
            and len(self._week) == 7
            and set(self._week.values()) == {(WHOLE_DAY,)}
        )
        self._open_on = lru_cache(maxsize=4096)(self._read)

    def is_open(self, at: datetime) -> bool:
        """Whether there is work at that instant."""
        at = _utc(at)
        return self._always or any(begin <= at < end for begin, end in self._open_on(at.date()))

    def working(self, start: datetime, end: datetime) -> timedelta:
        """The working time from one instant to another, exact; none where the end is not later."""
        start, end = _utc(start), _utc(end)
        if self._always:
            return max(end - start, timedelta())
        stretches = takewhile(lambda stretch: stretch[0] < end, self._open_from(start))
        return sum((min(stop, end) - begin for begin, stop in stretches), timedelta())

    def after(self, start: datetime, working: timedelta) -> datetime:
        """The first instant by which so much working time has passed since the start.

        That is the start itself for none. InvalidInput where it lies beyond the year 9999.
        """
        start = _utc(start)
        try:
            return start + working if self._always or not working else self._pass(start, working)
        except OverflowError:
            raise InvalidInput(f"{working} of working time from {start} ends beyond the year 9999") from None

    def _pass(self, start: datetime, working: timedelta) -> datetime:
        for begin, end in self._open_from(start):
            if working <= end - begin:
                return begin + working
            working -= end - begin
        raise AssertionError("time ended")

    def _open_from(self, start: datetime) -> Iterator[Stretch]:
        """What is open from then on, in order."""
        day = start.date()
        while True:
            for begin, end in self._open_on(day):
                if start < end:
                    yield max(begin, start), end
            day += ONE_DAY

    def _read(self, day: date) -> tuple[Stretch, ...]:
        """What is open on a day of UTC."""
        midnight = datetime.combine(day, time(), UTC)
        near = (
            (max(begin, midnight), min(end, midnight + ONE_DAY))
            for offset in NEIGHBOURS
            for begin, end in self._hours_of(day + offset * ONE_DAY)
        )
        return tuple(union(near))

    def _hours_of(self, day: date) -> Iterator[Stretch]:
        """The hours that begin on a local date."""
        for span in self._spans(day):
            yield self._instant(day, span.begin), self._instant(day, span.end)

    def _spans(self, day: date) -> tuple[Span, ...]:
        for own in (day.isoformat(), f"{day:%m-%d}"):
            if own in self._dates:
                return self._dates[own]
        if self._holidays and day in public_holidays(
            self._holidays.country, self._holidays.subdivision, day.year
        ):
            return ()
        return self._week.get(day.weekday(), ())

    def _instant(self, day: date, minutes: int) -> datetime:
        """The instant of a local time.

        As RFC 5545 (section 3.3.5) reads one: of a time that comes twice the first, and one that is
        skipped by the offset before the gap.
        """
        local = datetime.combine(day, time()) + timedelta(minutes=minutes)
        return local.replace(tzinfo=self._zone).astimezone(UTC)


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise InvalidInput(f"{at} has no time zone; which instant it means cannot be told")
    return at.astimezone(UTC)
