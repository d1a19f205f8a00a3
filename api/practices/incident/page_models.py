"""What the page of an incident says."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from api.practices.problem.known_errors import OfferedError
from api.records import Log, RecordView
from cmdb.agreements import ClockKind
from cmdb.clocks import ClockState
from cmdb.incidents import Proposed
from impact import RankedCause
from impact.questions.services_hit import HitService
from impact.similarity import Similar


class ClockView(BaseModel):
    """A clock: what was promised, and how much of that is used up. Times are working times in seconds."""

    kind: ClockKind
    agreement: str
    state: ClockState
    due: datetime
    target: int
    elapsed: int
    remaining: int
    share: float = Field(description="Of the target, in percent.")


class Changed(BaseModel):
    """A revision that changed a CI which the incident's CIs stand on."""

    ci: str
    name: str
    steps: int = Field(description="How far beneath.")
    at: datetime
    what: str


class CarriedOut(BaseModel):
    """A change or release beneath that was carried out lately."""

    number: str
    kind: str
    title: str
    state: str
    at: str
    by: str
    cis: list[str] = Field(description="Names of its CIs beneath.")


class Other(BaseModel):
    """Another record that is about the same or what lies beneath."""

    number: str
    kind: str
    title: str
    why: str


class Supporter(BaseModel):
    """A team or person that supports, owns or uses what fails, and how to reach it."""

    team: str
    roles: list[str]
    email: str = ""
    chat: str = ""
    on_call: str = ""
    phone: str = ""


class IncidentPage(BaseModel):
    """An incident, and what is known around it."""

    record: RecordView
    proposal: Proposed
    services: list[HitService] = Field(description="Down, interrupted or degraded, the worst first.")
    lost_redundancy: int = Field(description="Services hit so hard only because other things fail, too.")
    clocks: list[ClockView]
    causes: list[RankedCause] = Field(description="The likeliest first; `cmdb root-cause` tells more.")
    together_with: list[str] = Field(
        description="Other open incidents whose failing CIs were counted among the alarms, by number."
    )
    changed: list[Changed] = Field(description="Beneath, the newest first.")
    carried_out: list[CarriedOut]
    known_errors: list[OfferedError] = Field(description="Those related, then the nearest first.")
    similar: list[Similar]
    collisions: list[Other] = Field(description="Changes under way, and other open incidents, around it.")
    support: list[Supporter]
    alerts: list[dict[str, Any]]
    outages: list[Other]
    log: Log
