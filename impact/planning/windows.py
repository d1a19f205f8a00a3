"""Freezes and maintenance windows: when changes may be at work. Data of an organisation."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from impact.planning.spans import Span, Spans, union

Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
DAYS: tuple[Day, ...] = get_args(Day)


def _known(zone: str) -> str:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as unknown:
        raise ValueError(f"{zone!r} is no time zone, like Europe/Berlin") from unknown
    return zone


class Declared(BaseModel):
    """Base of what is declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Freeze(Declared):
    """A time in which nothing is changed that some services, or other CIs, stand on."""

    name: str
    begin: AwareDatetime
    end: AwareDatetime
    cis: frozenset[str] = Field(default=frozenset(), description="Ids of the services and other CIs.")
    everything: bool = Field(default=False, description="It holds for all CIs.")

    @property
    def span(self) -> Span:
        """The same in seconds."""
        return int(self.begin.timestamp()), int(self.end.timestamp())

    @model_validator(mode="after")
    def _is_consistent(self) -> "Freeze":
        if self.end <= self.begin:
            raise ValueError(f"the freeze {self.name} ends no later than it begins")
        if self.everything == bool(self.cis):
            raise ValueError(f"the freeze {self.name} holds for some cis or for everything: say which")
        return self


class Maintenance(Declared):
    """Hours of the week in which some services may be interrupted; outside them they may not."""

    name: str
    cis: frozenset[str] = Field(min_length=1, description="Ids of the services and other CIs.")
    days: frozenset[Day] = Field(min_length=1, description="On which it begins.")
    begin: time
    end: time = Field(description="Of the next day where it is no later than `begin`.")
    zone: Annotated[str, AfterValidator(_known)]

    def spans(self, since: int, until: int) -> Spans:
        """All its occurrences that touch a stretch of time, whole."""
        first = datetime.fromtimestamp(since, UTC).date() - timedelta(days=2)
        days = (until - since) // 86_400 + 4
        each = (self._on(first + timedelta(days=count)) for count in range(days))
        return union(span for spans in each for span in spans if span[0] < until and since < span[1])

    def _on(self, day: date) -> Iterator[Span]:
        if DAYS[day.weekday()] in self.days:
            last = day + timedelta(days=self.end <= self.begin)
            begin, end = (
                datetime.combine(at, clock, ZoneInfo(self.zone)).timestamp()
                for at, clock in ((day, self.begin), (last, self.end))
            )
            if begin < end:  # else the clock was put forward over it
                yield int(begin), int(end)


class WindowPolicy(Declared):
    """All freezes and maintenance windows."""

    freezes: tuple[Freeze, ...] = ()
    maintenance: tuple[Maintenance, ...] = ()
