"""The post-implementation review: what came of a change, against what was foretold."""

from typing import Literal

from pydantic import Field

from cmdb.changes.plan import Moment, Part, Text

Outcome = Literal["successful", "with incidents", "backed out", "failed"]


class Actual(Part):
    """What really happened to a service; CIs by id."""

    ci: Text
    condition: Literal["down", "degraded"]
    since: Moment
    until: Moment


class Review(Part):
    """What the change came to, what was different from the plan, and what is learnt."""

    outcome: Outcome
    text: Text
    actual: tuple[Actual, ...] = Field(default=(), description="Outages that people saw.")
    incidents: tuple[Text, ...] = Field(default=(), description="Numbers of incidents that it caused.")
    lessons: str = ""

    @property
    def failed(self) -> bool:
        """Whether it counts as a failure in the rates of its model, team and CIs."""
        return self.outcome != "successful"
