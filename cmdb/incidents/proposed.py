"""What the graph proposes for an incident, as the incident keeps it beside a person's word."""

from pydantic import BaseModel, ConfigDict

from cmdb.priorities import Criticality, Level, ServiceState


class AffectedRow(BaseModel):
    """A service that the incident takes down or degrades, and what that adds to the impact.

    `class_name` and `id` are there for agreements to find it by.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    name: str
    class_name: str
    criticality: Criticality | None
    users: int | None
    state: ServiceState
    points: float


class Proposed(BaseModel):
    """The level of impact, why, and for which links it was worked out, at which revision of the graph."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    impact: Level
    points: float
    reason: str
    services: tuple[AffectedRow, ...] = ()
    links: dict[str, str] = {}
    revision: int
