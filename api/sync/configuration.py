"""What `cmdb sync` is told: the sources, and whom to alert."""

import re
from collections.abc import Mapping, Sized
from datetime import timedelta
from typing import Annotated, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    HttpUrl,
    PlainValidator,
    StringConstraints,
)

from api.sync.cron import cron_trigger
from cmdb.errors import InvalidInput
from importers import Origin

Items = TypeVar("Items", bound=Sized)

UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def _duration(value: object) -> timedelta:
    found = re.fullmatch(r"([1-9][0-9]{0,5})([smhd])", value) if isinstance(value, str) else None
    if not found:
        raise ValueError('write a number and one of s, m, h, d, such as "15m"')
    return timedelta(**{UNITS[found[2]]: int(found[1])})


def _scope(text: str) -> str:
    if ":" in text:
        raise ValueError("must not contain a colon")
    return text


def _cron(text: str) -> str:
    cron_trigger(text)
    return text


def _some(items: Items) -> Items:
    if not items:
        raise ValueError("is empty")
    return items


def _text(value: object) -> object:
    """TOML has numbers and booleans; importers take text."""
    return (
        str(value).lower()
        if isinstance(value, bool)
        else str(value)
        if isinstance(value, int | float)
        else value
    )


Duration = Annotated[timedelta, PlainValidator(_duration)]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")]
Text = Annotated[str, StringConstraints(min_length=1)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(_Table):
    """A table `[[sources]]`."""

    name: Name
    importer: Text
    location: Text
    options: dict[str, Annotated[str, BeforeValidator(_text)]] = {}
    scope: Annotated[str, AfterValidator(_scope)] = ""
    complete: bool = False
    every: Duration | None = None
    schedule: Annotated[str, AfterValidator(_cron)] | None = None
    environment: dict[Text, Text] = Field(
        default={}, description="The variable that the importer asks for → the variable that holds it."
    )
    retries: int = Field(default=0, ge=0, le=10)

    def origin(self, variables: Mapping[str, str]) -> Origin:
        """Where to read, with the variables as the importer calls them.

        Raises InvalidInput where one is not set.
        """
        for theirs, ours in self.environment.items():
            if not variables.get(ours):
                raise InvalidInput(
                    f"The environment variable {ours} is not set; {self.name} needs it as {theirs}."
                )
        told = {theirs: variables[ours] for theirs, ours in self.environment.items()}
        return Origin(self.location, self.options, {**variables, **told})


class Alerts(_Table):
    """The table `[alerts]`."""

    webhook: HttpUrl | None = None
    command: Annotated[tuple[Text, ...], AfterValidator(_some)] | None = None
    repeat: Duration = timedelta(days=1)


class Configuration(_Table):
    """All of the file."""

    alerts: Alerts = Alerts()
    sources: Annotated[tuple[Source, ...], AfterValidator(_some)]
