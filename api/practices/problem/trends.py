"""Which incidents become more frequent, and when they happen."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, Field

from api.practices.problem.periods import rules_of
from cmdb.errors import InvalidInput
from cmdb.problems import Happened, happened
from cmdb.store import Store
from impact.recurrence import Peak, Period, Row, Trend, peaks, trends

SEVERAL = "several"


class Trends(BaseModel):
    """What changes over a period, and when in the week and in the day incidents crowd."""

    since: datetime
    until: datetime
    incidents: int
    trends: list[Trend] = Field(description="By class, team, category and cause; the least likely first.")
    peaks: list[Peak] = Field(description="Weekdays and hours; the least likely by chance first.")


def incident_trends(store: Store, period: Period, zone: str = "UTC") -> Trends:
    """The trends of a period, weekdays and hours as clocks in a time zone show them.

    Raises InvalidInput for a zone that is not known.
    """
    seen, rules = happened(store.database, period.since, period.until), rules_of(store)
    return Trends(
        since=period.since,
        until=period.until,
        incidents=len(seen),
        trends=trends(_rows(seen), period, rules),
        peaks=peaks((one.at for one in seen), period, _zone(zone), rules),
    )


def _rows(seen: Iterable[Happened]) -> Iterator[Row]:
    for one in seen:
        told = {"team": one.team, "category": one.category, "cause": one.cause, "class": _class(one)}
        yield Row(one.at, {name: value for name, value in told.items() if value})


def _class(one: Happened) -> str | None:
    """The class of what was hit; a storm over several counts as just that."""
    return one.classes[0] if len(one.classes) == 1 else SEVERAL if one.classes else None


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # the last for what is a folder of zones
        raise InvalidInput(f"There is no time zone {name!r}. Write one such as Europe/Vienna.") from None
