"""What `priorities.toml` may say."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Level = Literal["high", "medium", "low"]
LEVELS: tuple[Level, ...] = ("high", "medium", "low")
ServiceState = Literal["down", "interrupted", "degraded", "at_risk"]
CriticalityName = Literal["critical", "high", "medium", "low", "unknown"]
Weight = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LevelDeclaration(_Table):
    """How people tell a level of impact or urgency from the others."""

    description: str


class PriorityDeclaration(_Table):
    """What people call a priority."""

    name: str
    description: str = ""


class UsersDeclaration(_Table):
    """How much more a service counts on which at least so many people rely."""

    at_least: Annotated[int, Field(ge=0)]
    factor: Weight


class ThresholdDeclaration(_Table):
    """From how many points on the services affected make a level of impact."""

    high: Weight
    medium: Weight

    @model_validator(mode="after")
    def _falls(self) -> Self:
        if not self.high > self.medium:
            raise ValueError("high must be more than medium")
        return self


class ProposalDeclaration(_Table):
    """How the state of services becomes a level of impact."""

    criticality: dict[CriticalityName, Weight]
    state: dict[ServiceState, Weight]
    users: tuple[UsersDeclaration, ...] = ()
    thresholds: ThresholdDeclaration


class PrioritiesFile(_Table):
    """All of a `priorities.toml`: `matrix.IMPACT.URGENCY` is a priority, 1 the most pressing."""

    impact: dict[Level, LevelDeclaration]
    urgency: dict[Level, LevelDeclaration]
    priorities: dict[int, PriorityDeclaration]
    matrix: dict[Level, dict[Level, int]]
    proposal: ProposalDeclaration

    def priority(self, impact: Level, urgency: Level) -> int:
        """The priority by the matrix."""
        return self.matrix[impact][urgency]
