"""The parameters of root cause ranking, from `root_cause.toml`."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

SHIPPED = Path(__file__).with_name("root_cause.toml")

PriorKind = Literal["changed", "open_incident", "failed_before"]
"""What makes a CI suspect before any alarm is looked at."""

Probability = Annotated[float, Field(gt=0, lt=1)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Alarms(_Table):
    """How states show as alarms."""

    down: Probability
    degraded: Probability
    weight: float = Field(
        gt=0, description="How many CIs it takes to doubt these two as much as to believe them."
    )
    false: Probability
    silent: Annotated[float, Field(ge=0, lt=1)]


class Onset(_Table):
    """How far the order of alarms can be believed."""

    tolerance: int = Field(ge=0, description="Seconds.")
    early: Probability
    late: Probability


class Event(_Table):
    """How much an event makes a CI suspect, and for how long."""

    times: float = Field(ge=1)
    halves_after: float = Field(gt=0, description="Hours.")


class PriorBeliefs(_Table):
    """How likely causes are before any alarm is looked at."""

    cause: Probability
    outside: Probability
    unknown: Probability
    events: dict[PriorKind, Event]


class Search(_Table):
    """How far explanations of several causes are looked for."""

    largest: int = Field(ge=1, le=3)
    beam: int = Field(ge=1, le=20)
    work: int = Field(ge=0)


class Changes(_Table):
    """Which revisions count as changes."""

    hours: float = Field(gt=0)
    widest: int = Field(ge=1)


class RootCausePolicy(_Table):
    """What `root_cause.toml` says."""

    alarms: Alarms
    onset: Onset
    prior: PriorBeliefs
    search: Search
    changes: Changes
