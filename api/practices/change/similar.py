"""Earlier changes like one: of the same CIs, model and team."""

from collections.abc import Sequence

from pydantic import BaseModel, Field

from cmdb.changes import ClosedChange, Plan, model_name
from cmdb.records import Record


class Earlier(BaseModel):
    """An earlier change, and what came of it."""

    number: str
    title: str
    closed_at: str
    outcome: str
    shared: int = Field(description="How many of the same CIs.")


def earlier_like(record: Record, closed: Sequence[ClosedChange], most: int) -> list[Earlier]:
    """The closed changes most like one: by the share of CIs that are the same, then model, then team.

    The share is the coefficient of Jaccard. What has neither a CI nor the model in common is not alike.
    """
    cis = Plan.model_validate(record.values["plan"]).cis

    def likeness(one: ClosedChange) -> tuple[float, bool, bool, str]:
        share = len(one.cis & cis) / len(one.cis | cis)
        same_model = one.model == model_name(record)
        return share, same_model, one.team == record.values.get("team"), one.closed_at

    alike = [one for one in closed if one.cis & cis or one.model == model_name(record) != "normal"]
    return [
        Earlier(
            number=one.number,
            title=one.title,
            closed_at=one.closed_at,
            outcome=one.outcome or "successful",
            shared=len(one.cis & cis),
        )
        for one in sorted(alike, key=likeness, reverse=True)[:most]
    ]
