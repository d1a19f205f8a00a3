"""What a plan does, in the words of the API and of `--json`."""

from datetime import datetime

from pydantic import Field

from impact.answer.models import Answer, AtRevision, CIRef, Listed

Seconds = int | None
"""How long something lasts; None: without end."""


class Stretch(Answer):
    """A stretch of time."""

    begin: datetime
    end: datetime | None = Field(description="Nothing: it never ends.")


class ServiceFate(CIRef):
    """What becomes of a service; each time is the sum over all moments."""

    criticality: str | None
    owner: str | None
    down: Seconds = Field(description="Seconds that it is away; 0: never, nothing: without end.")
    away: list[Stretch] = Field(description="When it is away.")
    degraded: Seconds = Field(description="Seconds that it is degraded and not away.")
    exposed: Seconds = Field(
        description="Seconds that it is neither, but has a single point of failure more, or lives on what it "
        "tolerates."
    )


class Moment(Answer):
    """A stretch of time in which nothing changes."""

    begin: datetime
    end: datetime | None = Field(description="Nothing: it never ends.")
    steps: list[str] = Field(description="Steps whose effect lasts.")
    down: int = Field(description="How many CIs are away.")
    degraded: int = Field(description="How many CIs are degraded and not away.")
    services_down: Listed[CIRef]
    services_degraded: Listed[CIRef]
    services_exposed: Listed[CIRef]


class Course(Answer):
    """What follows when the steps are done at certain times."""

    moments: list[Moment] = Field(description="In their order.")
    worst: Moment | None = Field(
        description="That with the most services down, by criticality; then degraded, exposed; then CIs. "
        "Nothing where nothing follows at all."
    )
    services: list[ServiceFate] = Field(description="Those away longest first, then degraded, then exposed.")


class WorstCase(Answer):
    """What follows when the steps that begin together all go as badly as they can, and no other is begun."""

    steps: list[str]
    can_back_out: bool
    course: Course


class PlanImpact(AtRevision):
    """What follows from a plan."""

    unseen: list[str] = Field(
        description="Ids of CIs of the plan that are not in use, which nothing depends on."
    )
    planned: Course
    hurried: Course | None = Field(
        description="If each step is begun before the one before has recovered; nothing: that is no other."
    )
    worst_cases: list[WorstCase] = Field(description="The worst first.")
