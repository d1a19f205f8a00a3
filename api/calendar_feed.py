"""A calendar that other programs subscribe to (RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from icalendar import Event

PRODUCER = "-//Linchpin//Calendar//EN"
REFRESH = timedelta(hours=1)
"""How often subscribers are asked to look again."""


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """What happens at a time. Raises ValueError where that cannot be put into a calendar."""

    uid: str
    """The same for ever, and no other event's: subscribers know it again by this when it moves."""
    title: str
    start: datetime
    end: datetime
    modified: datetime
    """When it was last changed."""
    sequence: int = 0
    """How often it was changed."""
    status: Literal["tentative", "confirmed", "cancelled"] = "confirmed"
    description: str = ""
    url: str | None = None

    def __post_init__(self) -> None:
        if any(moment.utcoffset() is None for moment in (self.start, self.end, self.modified)):
            raise ValueError(
                f"event {self.uid} has a time without a time zone, which each reader would shift"
            )
        if self.end < self.start:
            raise ValueError(f"event {self.uid} ends before it starts")


def calendar_feed(name: str, events: Iterable[CalendarEvent]) -> str:
    """The events as a calendar of a name, earliest first; the same events give the same text.

    All times are in UTC, which every reader turns into its own: no time zone is left to be guessed. Events do
    not make their readers busy. Raises ValueError where two events share a uid.
    """
    from icalendar import Calendar, vText

    ordered = sorted(events, key=lambda event: (event.start.astimezone(UTC), event.uid))
    if len({event.uid for event in ordered}) != len(ordered):
        raise ValueError("two events share a uid, so that a calendar would show only one of them")
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCER)
    calendar.add("x-wr-calname", vText(_line(name)))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", REFRESH)
    for event in ordered:
        calendar.add_component(_component(event))
    return str(calendar.to_ical(), "utf-8")


def _component(event: CalendarEvent) -> "Event":
    from icalendar import Event

    component = Event()
    component.add("uid", event.uid)
    component.add("summary", _line(event.title))
    component.add("dtstart", event.start.astimezone(UTC))
    component.add("dtend", event.end.astimezone(UTC))
    component.add("dtstamp", event.modified.astimezone(UTC))  # without a METHOD both say the same
    component.add("last-modified", event.modified.astimezone(UTC))
    component.add("sequence", event.sequence)
    component.add("status", event.status.upper())
    component.add("transp", "TRANSPARENT")
    if event.description:
        component.add("description", "\n".join(map(_line, event.description.splitlines())))
    if event.url:
        component.add("url", event.url)
    return component


def _line(text: str) -> str:
    """Without control characters, which calendars may not hold."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
