from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from api.calendar_feed import CalendarEvent, calendar_feed

VIENNA = ZoneInfo("Europe/Vienna")
START = datetime(2026, 3, 28, 22, tzinfo=UTC)


def event(uid: str = "CHG-000042", **given: Any) -> CalendarEvent:
    said: dict[str, Any] = {"start": START, "end": START + timedelta(hours=2), "modified": START}
    return CalendarEvent(uid=uid, **({"title": "Restart"} | said | given))


def parsed(text: str) -> Any:
    return Calendar.from_ical(text)


def only(*events: CalendarEvent) -> Any:
    (found,) = parsed(calendar_feed("Changes", events)).walk("VEVENT")
    return found


def test_an_event_is_read_back_as_it_was() -> None:
    changed = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    found = only(
        event(
            description="Two switches",
            url="https://cmdb.example/changes/CHG-000042?a=1,2;b",
            status="tentative",
            sequence=3,
            modified=changed,
        )
    )
    assert (str(found["uid"]), str(found["summary"])) == ("CHG-000042", "Restart")
    assert (found.decoded("dtstart"), found.decoded("dtend")) == (START, START + timedelta(hours=2))
    assert str(found["description"]) == "Two switches"
    assert str(found["url"]) == "https://cmdb.example/changes/CHG-000042?a=1,2;b"
    assert (found["status"], found["sequence"], found["transp"]) == ("TENTATIVE", 3, "TRANSPARENT")
    assert found.decoded("last-modified") == found.decoded("dtstamp") == changed


def test_times_of_any_zone_are_told_in_utc_across_the_change_of_the_clocks() -> None:
    night = datetime(2026, 3, 29, 1, 30, tzinfo=VIENNA)  # at 2:00 the clocks go to 3:00
    text = calendar_feed("Changes", [event(start=night, end=datetime(2026, 3, 29, 4, tzinfo=VIENNA))])
    assert "DTSTART:20260329T003000Z" in text
    assert "DTEND:20260329T020000Z" in text
    assert "TZID" not in text


def test_a_feed_says_what_it_is() -> None:
    text = calendar_feed("Changes, by team; all", [event()])
    calendar = parsed(text)
    assert calendar["version"] == "2.0"
    assert calendar["prodid"] == "-//Linchpin//Calendar//EN"
    assert "X-WR-CALNAME:Changes\\, by team\\; all\r\n" in text  # of a type not told, hence TEXT
    assert calendar.decoded("refresh-interval") == timedelta(hours=1)
    assert "method" not in calendar


def test_the_same_events_give_the_same_text_in_whatever_order() -> None:
    later = event("CHG-000001", start=START + timedelta(hours=1))
    twin = event("CHG-000007", start=START.astimezone(VIENNA))
    text = calendar_feed("Changes", [later, twin, event()])
    assert text == calendar_feed("Changes", [event(), later, twin])
    order = [str(found["uid"]) for found in parsed(text).walk("VEVENT")]
    assert order == ["CHG-000007", "CHG-000042", "CHG-000001"]


def test_an_event_that_moves_keeps_its_uid() -> None:
    moved = event(start=START + timedelta(days=1), end=START + timedelta(days=2), sequence=1)
    assert only(event())["uid"] == only(moved)["uid"]
    assert only(moved)["sequence"] > only(event())["sequence"]


def test_nothing_planned_is_an_empty_calendar() -> None:
    assert parsed(calendar_feed("Changes", [])).walk("VEVENT") == []


def test_what_a_calendar_would_garble_is_refused() -> None:
    with pytest.raises(ValueError, match="CHG-000042 has a time without a time zone"):
        event(start=datetime(2026, 3, 28, 22))
    with pytest.raises(ValueError, match="CHG-000042 ends before it starts"):
        event(end=START - timedelta(minutes=1))
    with pytest.raises(ValueError, match="two events share a uid"):
        calendar_feed("Changes", [event(), event()])


@given(st.text(max_size=200), st.text(max_size=500))
def test_any_text_survives_escaping_and_folding(title: str, description: str) -> None:
    text = calendar_feed(title, [event(title=title, description=description)])
    (found,) = parsed(text).walk("VEVENT")

    def kept(said: str) -> str:
        return "".join(letter for letter in said if letter.isprintable() and letter != " ")

    assert kept(str(found["summary"])) == kept(title)
    assert kept(str(found.get("description", ""))) == kept(description)
    assert text.endswith("\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))  # RFC 5545, 3.1: octets
    assert not any(ord(letter) < 32 and letter not in "\r\n" for letter in text)
    assert len(text.split("BEGIN:")) == 3


def test_lines_stay_lines() -> None:
    assert str(only(event(description="first\r\nsecond\nthird"))["description"]) == "first\nsecond\nthird"


def test_punctuation_is_escaped_as_the_standard_asks() -> None:
    text = calendar_feed("Changes", [event(title="a;b,c\\d", description="x\ny")])
    assert "SUMMARY:a\\;b\\,c\\\\d\r\n" in text
    assert "DESCRIPTION:x\\ny\r\n" in text
