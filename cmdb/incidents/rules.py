"""How an organisation handles incidents: `incidents.toml`."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from cmdb.policy import Policies
from cmdb.priorities import Level

Minutes = Annotated[int, Field(ge=1)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ClockRules(_Table):
    """Which states let the clocks stand still, and which stop each."""

    pause: frozenset[str]
    respond: frozenset[str]
    restore: frozenset[str]


class OutageRules(_Table):
    """Who confirms the outages that the graph proposes: a person, or nobody needs to."""

    confirm: Literal["person", "automatic"]


class IncidentRules(_Table):
    """All of an `incidents.toml`; `updates` are minutes by priority."""

    impact_unknown: Level
    urgency_unknown: Level
    clocks: ClockRules
    outages: OutageRules
    updates: dict[int, Minutes]

    def next_update(self, priority: int, now: datetime) -> datetime:
        """When those affected by a major incident hear again."""
        return now + timedelta(minutes=self.updates[priority])


def load_rules(policies: Policies) -> IncidentRules:
    """How incidents are handled; raises as `Policies.read` does."""
    return policies.read(IncidentRules, Path(__file__).with_name("incidents.toml"))
