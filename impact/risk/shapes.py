"""Figures of a policy, in the only shapes in which a worse fact never lowers a risk."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from impact.risk.facts import CONDITIONS, Condition, Evidence
from impact.risk.level import LEVELS, Level

CriticalityName = Literal["critical", "high", "medium", "low", "unknown"]

UNKNOWN: Literal["unknown"] = "unknown"
CRITICALITIES: tuple[CriticalityName, ...] = ("critical", "high", "medium", "low")

Share = Annotated[float, Field(ge=0, le=1)]
Points = Annotated[int, Field(ge=0, le=100)]
Finite = Annotated[float, Field(allow_inf_nan=False)]
Scale = Annotated[tuple[tuple[Finite, Share], ...], Field(min_length=1)]


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


def _conditions(points: dict[Condition, Points]) -> dict[Condition, Points]:
    if set(points) != set(CONDITIONS):
        raise ValueError(f"say the points of {', '.join(CONDITIONS)}")
    if not _never_falls(points[condition] for condition in reversed(CONDITIONS)):
        raise ValueError(f"a worse condition must not score less: {' ≥ '.join(CONDITIONS)}")
    return points


ByCondition = Annotated[dict[Condition, Points], AfterValidator(_conditions)]


def _criticality(shares: dict[CriticalityName, Share]) -> dict[CriticalityName, Share]:
    if set(shares) != {*CRITICALITIES, UNKNOWN}:
        raise ValueError(f"say the shares of {', '.join(CRITICALITIES)} and {UNKNOWN}")
    if not _never_falls(shares[criticality] for criticality in reversed(CRITICALITIES)):
        raise ValueError(f"a more critical service must not score less: {' ≥ '.join(CRITICALITIES)}")
    if not shares["low"] <= shares[UNKNOWN] <= shares["critical"]:
        raise ValueError(f"{UNKNOWN} must lie between the shares of low and critical")
    return shares


ByCriticality = Annotated[dict[CriticalityName, Share], AfterValidator(_criticality)]


def _evidence(shares: dict[Evidence, Share]) -> dict[Evidence, Share]:
    if set(shares) != {"full", "partial", "none"}:
        raise ValueError("say the shares of full, partial and none")
    if not _never_falls((shares["full"], shares["partial"], shares["none"])):
        raise ValueError("less evidence must not score less: full ≤ partial ≤ none")
    return shares


ByEvidence = Annotated[dict[Evidence, Share], AfterValidator(_evidence)]
