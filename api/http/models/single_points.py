"""Questions about what services have no second of, and risks accepted."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.scenarios import NAMED, Question

Line = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"^[^\x00-\x1f\x7f]*$")]


class SinglePointsQuestion(Question):
    """The single points of failure of one service, under a scenario."""

    model_config = ConfigDict(json_schema_extra={"example": {"ci": "business_service:Payments"}})

    ci: str = Field(description=f"The service. {NAMED}")
    most: int = Field(default=100, ge=1, le=1000, description="Most single points.")


class ExposureQuestion(Question):
    """What must not fail while a scenario lasts."""

    model_config = ConfigDict(json_schema_extra={"example": {"failed": ["switch:core-a"]}})

    most: int = Field(default=100, ge=1, le=10_000, description="Most services.")


class CutSetsQuestion(Question):
    """The smallest sets of failures that take a service down, on top of a scenario."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"ci": "business_service:Payments", "largest": 2}}
    )

    ci: str = Field(description=f"The service. {NAMED}")
    largest: int = Field(default=3, ge=1, le=3, description="Most CIs of a set.")
    most: int = Field(default=1000, ge=1, le=10_000, description="Most sets.")
    seconds: float = Field(default=5, gt=0, le=20, description="When the search ends.")


class RiskAcceptance(BaseModel):
    """The risk that a CI is a single point of failure, which somebody answers for."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)

    ci: str = Field(description="Its id.")
    service: str | None = Field(default=None, description="The id of the service; null: all of them.")
    by: Line = Field(description="Who answers for it.")
    reason: Line
    until: date | None = Field(default=None, description="The last day on which it holds; null: no end.")
