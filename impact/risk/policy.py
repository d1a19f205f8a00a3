"""What `risk.toml` may say; whatever it says, a worse fact never lowers a risk."""

from typing import Self, TypeGuard

from pydantic import BaseModel, ConfigDict, Field, model_validator

from impact.risk.level import Level
from impact.risk.shapes import (
    UNKNOWN,
    ByCondition,
    ByCriticality,
    ByEvidence,
    CriticalityName,
    Falling,
    Levels,
    Matrix,
    Points,
    Rising,
    Share,
)


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Floors(_Table):
    """Below which level no risk falls where something is so."""

    freeze: Level
    joint_loss: Level


class ImpactPolicy(_Table):
    """Points of what happens to a critical service, and how others compare."""

    points: ByCondition
    worst_case: Share
    prior: Points
    criticality: ByCriticality
    levels: Levels

    @property
    def greatest(self) -> float:
        """The points of the worst that can happen."""
        return self.points["down"] * self.criticality["critical"]

    def share(self, criticality: str | None) -> float:
        """The share of a service; a criticality of no known name counts as unknown."""
        return self.criticality[criticality if self.knows(criticality) else UNKNOWN]

    def knows(self, criticality: str | None) -> TypeGuard[CriticalityName]:
        """Whether a criticality is said, and one of those that are weighed."""
        return criticality != UNKNOWN and criticality in self.criticality

    @model_validator(mode="after")
    def _prior_within(self) -> Self:
        if self.prior > self.greatest:
            raise ValueError(
                f"prior must not exceed the {self.greatest:g} points of the worst that can happen"
            )
        return self


class _Weighed(_Table):
    points: Points
    prior: Share

    @property
    def extremes(self) -> tuple[float, float]:
        """The least and the greatest share of what is known."""
        return 0.0, 1.0

    @model_validator(mode="after")
    def _prior_between(self) -> Self:
        least, most = self.extremes
        if not least <= self.prior <= most:
            raise ValueError(f"prior must lie between the shares of what is known, {least:g} and {most:g}")
        return self


class PastPolicy(_Table):
    """How earlier failures count."""

    points: Points
    prior_rate: Share
    strength: float = Field(gt=0, allow_inf_nan=False)
    model: float = Field(gt=0, allow_inf_nan=False)
    team: float = Field(gt=0, allow_inf_nan=False)
    cis: float = Field(gt=0, allow_inf_nan=False)
    scale: Rising


class EvidencePolicy(_Weighed):
    """How evidence of tests counts."""

    shares: ByEvidence

    @property
    def extremes(self) -> tuple[float, float]:
        """The shares of full evidence and of none."""
        return self.shares["full"], self.shares["none"]


class BackOutPolicy(_Weighed):
    """How a back-out plan counts."""


class SizePolicy(_Weighed):
    """How the size of a change counts."""

    cis: Rising
    steps: Rising

    @property
    def extremes(self) -> tuple[float, float]:
        """Between these, the unknown one of two lies between its own ends."""
        return max(self.cis[0][1], self.steps[0][1]), min(self.cis[-1][1], self.steps[-1][1])


class RisingPolicy(_Weighed):
    """What is worse the more there is of it."""

    scale: Rising

    @property
    def extremes(self) -> tuple[float, float]:
        """The ends of the scale."""
        return self.scale[0][1], self.scale[-1][1]


class FallingPolicy(_Weighed):
    """What is better the more there is of it."""

    scale: Falling

    @property
    def extremes(self) -> tuple[float, float]:
        """The ends of the scale."""
        return self.scale[-1][1], self.scale[0][1]


class LikelihoodPolicy(_Table):
    """Points and priors of everything that makes failure likelier."""

    levels: Levels
    past_failures: PastPolicy
    test_evidence: EvidencePolicy
    back_out: BackOutPolicy
    size: SizePolicy
    collisions: RisingPolicy
    confidence: RisingPolicy
    recent_incidents: RisingPolicy
    lead_time: FallingPolicy
    service_hours: RisingPolicy

    @model_validator(mode="after")
    def _hundred(self) -> Self:
        total = sum(getattr(self, name).points for name in type(self).model_fields if name != "levels")
        if total != 100:
            raise ValueError(f"the points of all factors must be 100 in all, not {total}")
        return self


class RiskPolicy(_Table):
    """An organisation's way to weigh the risk of a change."""

    matrix: Matrix
    floors: Floors
    impact: ImpactPolicy
    likelihood: LikelihoodPolicy
