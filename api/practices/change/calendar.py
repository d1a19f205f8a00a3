"""Changes as a calendar that other programs subscribe to."""

from datetime import datetime
from typing import Literal

from api.calendar_feed import CalendarEvent, calendar_feed
from cmdb.changes import AHEAD, DONE, Window, changes_between
from cmdb.records import Record
from cmdb.store import Store

TENTATIVE = frozenset({"draft", "assessed", "awaiting_approval"})
SHOWN = (AHEAD | DONE | {"cancelled"}) - {"draft"}


def change_calendar(store: Store, window: Window) -> str:
    """The changes in a window, as iCalendar; drafts are nobody's business yet."""
    found = changes_between(store.database, window, SHOWN)
    return calendar_feed("Changes", map(_event, found))


def _event(record: Record) -> CalendarEvent:
    values = record.values
    told = (
        values.get("description"),
        f"Risk: {values['risk']}" if "risk" in values else None,
        f"Team: {values['team']}" if "team" in values else None,
        f"State: {record.state}",
    )
    return CalendarEvent(
        uid=f"{record.number}@linchpin",
        title=f"{record.number}: {values['title']}",
        start=datetime.fromisoformat(values["starts"]),
        end=datetime.fromisoformat(values["ends"]),
        modified=datetime.fromisoformat(record.changed_at),
        sequence=record.entries,
        status=_status(record.state),
        description="\n".join(filter(None, told)),
    )


def _status(state: str) -> Literal["tentative", "confirmed", "cancelled"]:
    return "cancelled" if state == "cancelled" else "tentative" if state in TENTATIVE else "confirmed"
