"""Working weeks made at random, and what they mean minute by minute."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from cmdb.calendars import Calendar, CalendarDeclaration

MINUTE = timedelta(minutes=1)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = 24 * 60
Minutes = tuple[int, int]

ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/Santiago",  # changes at midnight
    "America/Havana",  # midnight comes twice
    "Africa/Cairo",
    "Australia/Lord_Howe",  # changes by half an hour
    "Asia/Kolkata",
    "Pacific/Kiritimati",  # 14 hours ahead
)
CHANGES = tuple(
    date(2026, month, day)
    for month, day in (
        (3, 8), (3, 29), (4, 5), (4, 24), (9, 6), (10, 4), (10, 25), (10, 30), (11, 1), (2, 28), (12, 31)
    )
)  # fmt: skip
"""Days on which one of the zones changes its clocks, and ends of a month and of the year."""


@dataclass(frozen=True)
class Week:
    """Spans of minutes by weekday and by date; one over midnight ends after `DAY`."""

    zone: str
    weekdays: dict[int, list[Minutes]]
    dates: dict[date, list[Minutes]]

    def calendar(self) -> Calendar:
        return Calendar(
            CalendarDeclaration.model_validate(
                {
                    "zone": self.zone,
                    "hours": {WEEKDAYS[day]: _texts(spans) for day, spans in self.weekdays.items()},
                    "dates": {day.isoformat(): _texts(spans) for day, spans in self.dates.items()},
                }
            )
        )

    def is_open(self, at: datetime) -> bool:
        """Whether a clock on the wall shows a time inside hours that began today, or yesterday."""
        wall = at.astimezone(ZoneInfo(self.zone))
        minute = wall.hour * 60 + wall.minute
        today, yesterday = wall.date(), wall.date() - timedelta(days=1)
        return any(
            begin <= shown < end
            for day, shown in ((today, minute), (yesterday, minute + DAY))
            for begin, end in self._hours(day)
        )

    def minutes(self, start: datetime, end: datetime) -> int:
        return sum(self.is_open(start + at * MINUTE) for at in range((end - start) // MINUTE))

    def after(self, start: datetime, minutes: int, within: int) -> datetime | None:
        """When so many open minutes have passed; None where that takes more than `within` minutes."""
        at = start
        for _ in range(within):
            if not minutes:
                return at
            minutes -= self.is_open(at)
            at += MINUTE
        return None

    def _hours(self, day: date) -> list[Minutes]:
        return self.dates[day] if day in self.dates else self.weekdays.get(day.weekday(), [])


def _texts(spans: list[Minutes]) -> list[str]:
    return [f"{_text(begin)}-{_text(end if end <= DAY else end - DAY)}" for begin, end in spans]


def _text(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _spans(first: int, last: int) -> st.SearchStrategy[list[Minutes]]:
    """Up to three spans whose ends lie between two minutes of the day; they may overlap."""
    ends = st.tuples(st.integers(first, last), st.integers(first, last)).filter(lambda two: two[0] != two[1])
    span = ends.map(lambda two: two if two[0] < two[1] else (two[0], two[1] + DAY))
    return st.lists(span | st.just((0, DAY)), max_size=3)


@st.composite
def weeks(draw: st.DrawFn, first: int = 0, last: int = DAY - 1, zones: tuple[str, ...] = ZONES) -> Week:
    """Weeks in which there is work; all hours begin and end between two minutes of the day."""
    spans = _spans(first, last)
    weekdays = draw(
        st.dictionaries(st.integers(0, 6), spans, min_size=1).filter(lambda week: any(week.values()))
    )
    near = st.builds(lambda day, off: day + timedelta(days=off), st.sampled_from(CHANGES), st.integers(-2, 2))
    return Week(draw(st.sampled_from(zones)), weekdays, draw(st.dictionaries(near, spans, max_size=3)))


instants = st.builds(
    lambda day, minutes: datetime(day.year, day.month, day.day, tzinfo=UTC) + minutes * MINUTE,
    st.sampled_from(CHANGES),
    st.integers(-3 * DAY, 2 * DAY),
)
"""Whole minutes about the changes."""
