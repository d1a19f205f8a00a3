"""What `risk.toml` may say; whatever it says, a worse fact never lowers a risk."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from impact.risk.facts import CONDITIONS, Condition, Evidence
from impact.risk.level import LEVELS, Level

Share = Annotated[float, Field(ge=0, le=1)]
Points = Annotated[int, Field(ge=0, le=100)]
Scale = Annotated[tuple[tuple[float, Share], ...], Field(min_length=1)]


def _never_falls(figures: Iterable[float]) -> bool:
    return all(one <= other for one, other in pairwise(figures))


def _forward(scale: Scale) -> Scale:
    if any(one >= other for (one, _), (other, _) in pairwise(scale)):
        raise ValueError("the values of a scale must rise from pair to pair")
    return scale


def _rising(scale: Scale) -> Scale:
    if not _never_falls(share for _, share in scale):
        raise ValueError("the shares must not fall: more of this is never better")
    return _forward(scale)


def _falling(scale: Scale) -> Scale:
    if not _never_falls(-share for _, share in scale):
        raise ValueError("the shares must not rise: more of this is never worse")
    return _forward(scale)


Rising = Annotated[Scale, AfterValidator(_rising)]
Falling = Annotated[Scale, AfterValidator(_falling)]


def _levels(begin: dict[Level, Points]) -> dict[Level, Points]:
    if set(begin) != set(LEVELS[1:]):
        raise ValueError(f"say from how many points on: {', '.join(LEVELS[1:])}; below is low")
    if not _never_falls(begin[level] for level in LEVELS[1:]):
        raise ValueError("a higher level must not begin at fewer points")
    return begin


Levels = Annotated[dict[Level, Points], AfterValidator(_levels)]


def _matrix(rows: dict[Level, tuple[Level, ...]]) -> dict[Level, tuple[Level, ...]]:
    if set(rows) != set(LEVELS) or any(len(row) != len(LEVELS) for row in rows.values()):
        raise ValueError(f"has a row for each impact ({', '.join(LEVELS)}), with a level for each likelihood")
    ranks = [[level.rank for level in rows[impact]] for impact in LEVELS]
    if not all(map(_never_falls, (*ranks, *zip(*ranks, strict=True)))):
        raise ValueError("a higher impact or likelihood must not give a lower risk")
    return rows


Matrix = Annotated[dict[Level, tuple[Level, ...]], AfterValidator(_matrix)]


def _evidence(shares: dict[Evidence, Share]) -> dict[Evidence, Share]:
    if set(shares) != {"full", "partial", "none"}:
        raise ValueError("say the shares of full, partial and none")
    if not _never_falls((shares["full"], shares["partial"], shares["none"])):
        raise ValueError("less evidence must not score less: full ≤ partial ≤ none")
    return shares


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Floors(_Table):
    """Below which level no risk falls where something is so."""

    freeze: Level
    joint_loss: Level


class ImpactPolicy(_Table):
    """Points of what happens to a critical service, and how others compare."""

    points: dict[Condition, Points]
    worst_case: Share
    prior: Points
    prior_criticality: Share
    criticality: dict[str, Share] = Field(min_length=1)
    levels: Levels

    @property
    def greatest(self) -> float:
        """The points of the worst that can happen."""
        return max(self.points.values()) * self.greatest_share

    @property
    def greatest_share(self) -> float:
        """The share of the most critical services."""
        return max(self.criticality.values())

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if missing := set(CONDITIONS) - set(self.points):
            raise ValueError(f"points are missing for: {', '.join(sorted(missing))}")
        return self

    @model_validator(mode="after")
    def _priors_between(self) -> Self:
        if not min(self.criticality.values()) <= self.prior_criticality <= self.greatest_share:
            raise ValueError("prior_criticality must lie between the shares of the criticalities")
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

    shares: Annotated[dict[Evidence, Share], AfterValidator(_evidence)]

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
