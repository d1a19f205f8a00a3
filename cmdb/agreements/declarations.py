"""What `agreements.toml` may say."""

import re
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator

AgreementKind = Literal["sla", "ola", "uc"]
Period = Literal["week", "month", "quarter", "year"]
Name = Annotated[str, Field(min_length=1)]

UNITS = {"m": "minutes", "h": "hours"}


def _duration(value: object) -> timedelta:
    found = re.fullmatch(r"([1-9][0-9]{0,5})([mh])", value) if isinstance(value, str) else None
    if not found:
        raise ValueError(
            'write a number of working minutes or hours, such as "30m" or "8h"; days differ in length'
        )
    return timedelta(**{UNITS[found[2]]: int(found[1])})


def _several(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Duration = Annotated[timedelta, PlainValidator(_duration)]
Names = Annotated[tuple[Name, ...], BeforeValidator(_several)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CoverDeclaration(_Table):
    """CIs that fit all of what is said; each is one text or several, `*` in a name stands for any text."""

    id: Names = ()
    name: Names = ()
    class_: Names = Field(default=(), alias="class")
    criticality: Names = ()


class TargetsDeclaration(_Table):
    """What is promised for a priority, in working time of the calendar, else of the agreement's."""

    respond: Duration | None = None
    restore: Duration | None = None
    calendar: Name | None = None


class AvailabilityDeclaration(_Table):
    """For how much of the time, in percent, what is covered is up in each period."""

    percent: Annotated[float, Field(gt=0, le=100)]
    period: Period = "month"


class AgreementDeclaration(_Table):
    """A table `agreements.NAME`. Without `covers` it holds for whatever no other of its kind covers."""

    description: str = ""
    kind: AgreementKind = "sla"
    party: str = Field(default="", description="Customer, team inside, or supplier.")
    calendar: Name
    covers: tuple[CoverDeclaration, ...] = ()
    targets: dict[int, TargetsDeclaration]
    availability: AvailabilityDeclaration | None = None


class AgreementsFile(_Table):
    """All of an `agreements.toml`."""

    agreements: dict[Name, AgreementDeclaration] = {}
