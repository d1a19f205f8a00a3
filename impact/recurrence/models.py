"""Incidents as recurrence sees them, and its answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from pydantic import Field

from cmdb.errors import InvalidInput
from impact.answer.models import Answer, AtRevision, CIRef


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An incident that happened to CIs."""

    number: str
    at: datetime
    """With a time zone."""
    cis: tuple[str, ...]
    """Ids of the CIs that were down or degraded; concern is not failure."""


@dataclass(frozen=True, slots=True)
class Row:
    """Anything that happened, and what it is grouped by: `{"team": "Network", "category": "hardware"}`."""

    at: datetime
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Period:
    """From `since`, up to but without `until`; both have a time zone. Raises InvalidInput if it is empty."""

    since: datetime
    until: datetime

    def __post_init__(self) -> None:
        if self.since >= self.until:
            raise InvalidInput(
                f"The period ends at {self.until.isoformat()}, before it begins at {self.since.isoformat()}."
                " Give an end that lies after the begin."
            )

    def __contains__(self, at: datetime) -> bool:
        return self.since <= at < self.until

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.until - self.since


class Recurring(CIRef):
    """A CI with more incidents than chance would give, of its own or of all that depends on it."""

    kind: Literal["ci", "provider"] = Field(description="Own incidents; or those of itself and dependents.")
    incidents: int = Field(description="How many incidents hit it, or any of its dependents.")
    expected: float = Field(description="How many chance would give.")
    times: float = Field(description="Incidents as a multiple of those expected.")
    p_value: float = Field(description="The chance of as many or more, given the findings before it.")
    exposed: int = Field(description="CIs that could have been hit: itself, and all that depend on it.")
    hit: int = Field(description="CIs of these that were hit.")
    first_at: datetime
    last_at: datetime
    numbers: list[str] = Field(description="The incidents, in order of time.")
    same: list[CIRef] = Field(description="CIs that explain the very same incidents as well.")


class Burst(CIRef):
    """A CI whose incidents crowd together in time."""

    incidents: int = Field(description="Incidents in the burst.")
    in_period: int = Field(description="Incidents in the whole period.")
    window_days: float
    since: datetime = Field(description="The first incident of the burst.")
    until: datetime = Field(description="The last one.")
    p_value: float = Field(description="An upper bound of the chance, if its incidents fell at any time.")


class Recurrence(AtRevision):
    """What keeps coming back."""

    since: datetime
    until: datetime
    incidents: int = Field(description="Incidents of the period that hit a CI in the graph.")
    left_out: int = Field(description="Incidents of the period that did not.")
    tested: int = Field(description="CIs and shared providers that were tested; the correction counts all.")
    found: list[Recurring] = Field(description="The least likely by chance first.")
    bursts: list[Burst] = Field(description="The least likely by chance first.")


class Trend(Answer):
    """A group of incidents that becomes more frequent, or less."""

    by: str = Field(description="What it is grouped by: team.")
    value: str = Field(description="The group: Network.")
    direction: Literal["rising", "falling"]
    before: int = Field(description="In the first half of the period.")
    after: int = Field(description="In the second half.")
    p_value: float = Field(description="The chance of so uneven halves at a steady rate, both ways.")


class Peak(Answer):
    """A weekday or an hour with more incidents than its share of time."""

    by: Literal["weekday", "hour"]
    value: str = Field(description="Monday; 09.")
    incidents: int
    expected: float
    times: float
    p_value: float
