"""What `calendars.toml` may say."""

from collections import Counter
from datetime import date
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from cmdb.calendars.hours import WEEKDAYS, Hours, Weekdays, weekdays
from cmdb.calendars.public import check_place

Name = Annotated[str, StringConstraints(min_length=1)]


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{name!r} is not an IANA time zone, such as Europe/Berlin") from None
    return name


def _day(text: str) -> str:
    whole = text if len(text) == 10 else f"2000-{text}"  # had a 29 February
    try:
        is_date = date.fromisoformat(whole).isoformat() == whole
    except ValueError:
        is_date = False
    if not is_date:
        raise ValueError(f"{text!r} is neither a date such as 2026-12-24 nor one of every year, 12-24")
    return text


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class HolidaysDeclaration(_Table):
    """Whose public holidays are kept: codes of ISO 3166-1 and, without the country, of ISO 3166-2."""

    country: str
    subdivision: str | None = None

    @model_validator(mode="after")
    def _is_known(self) -> Self:
        check_place(self.country, self.subdivision)
        return self


class CalendarDeclaration(_Table):
    """A table `calendars.NAME`: when there is work."""

    description: str = ""
    zone: Annotated[str, AfterValidator(_zone)] = "UTC"
    hours: dict[Weekdays, Hours]
    holidays: HolidaysDeclaration | None = None
    dates: dict[Annotated[str, AfterValidator(_day)], Hours] = Field(
        default={}, description="Hours of single dates, holidays too; none: closed. `12-24` is of every year."
    )

    @model_validator(mode="after")
    def _says_each_weekday_once(self) -> Self:
        said = Counter(day for key in self.hours for day in weekdays(key))
        if twice := [WEEKDAYS[day] for day, times in said.items() if times > 1]:
            raise ValueError(f"hours says {', '.join(twice)} more than once")
        if not any(self.hours.values()):
            raise ValueError("hours has none: a clock in this calendar would never run")
        return self


class CalendarsFile(_Table):
    """All of a `calendars.toml`."""

    calendars: dict[Name, CalendarDeclaration] = {}
