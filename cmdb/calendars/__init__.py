"""Working calendars: how much of the time counts, and when so much of it has passed."""

from cmdb.calendars.calendar import Calendar
from cmdb.calendars.declarations import CalendarDeclaration, CalendarsFile
from cmdb.calendars.load import load_calendars
from cmdb.calendars.stretches import Stretch, union

__all__ = ["Calendar", "CalendarDeclaration", "CalendarsFile", "Stretch", "load_calendars", "union"]
