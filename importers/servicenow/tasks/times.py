"""Times as tables tell them: without a zone, and not always in the order of years, months and days."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from cmdb.errors import InvalidInput
from importers.importer import Option, Origin

ZONE = Option("zone", "The time zone that times are told in, such as Europe/Berlin.", default="UTC")
FORMAT = Option("times", "How times are written, such as %d/%m/%Y %H:%M.", default="%Y-%m-%d %H:%M:%S")

Moment = Callable[[str], datetime]
"""A time from its text; raises ValueError."""


def moments(origin: Origin) -> Moment:
    """How the times of an origin are read. Raises InvalidInput for a zone that there is not."""
    name, written = origin.options[ZONE.name], origin.options[FORMAT.name]
    try:
        zone = ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise InvalidInput(f"There is no time zone {name!r}; name one like Europe/Berlin.") from error

    @lru_cache(maxsize=100_000)
    def moment(text: str) -> datetime:
        try:
            return datetime.strptime(text, written).replace(tzinfo=zone).astimezone(UTC)
        except ValueError as error:
            raise ValueError(
                f"{text!r} is no time as {written!r}; say how times are written, -o times=…"
            ) from error

    return moment
