"""Loads the calendars of an organisation."""

from collections.abc import Mapping
from pathlib import Path

from cmdb.calendars.calendar import Calendar
from cmdb.calendars.declarations import CalendarsFile
from cmdb.policy import Policies


def load_calendars(policies: Policies) -> Mapping[str, Calendar]:
    """The working calendars by name; raises as `Policies.read` does."""
    file = policies.read(CalendarsFile, Path(__file__).with_name("calendars.toml"))
    return {name: Calendar(declared) for name, declared in file.calendars.items()}
