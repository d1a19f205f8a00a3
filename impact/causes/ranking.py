"""The explanations in order: those that nothing seen can tell apart stand together."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from impact.causes.likelihood import Logs, Parts, nothing_fails, posterior
from impact.causes.search import explanations
from impact.causes.trials import Trials, Tried
from impact.projection import CIs

COMMON_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Candidate:
    """CIs that may have failed, with the probability that they did; none: the cause is not in the CMDB."""

    cis: tuple[int, ...]
    parts: Parts
    early: int
    confidence: float

    @property
    def score(self) -> float:
        """The common logarithm of its odds against "all alarms are false"."""
        return float(self.parts.score[0])


@dataclass(frozen=True, slots=True)
class Alike:
    """Candidates that predict the same of every watched CI; the likeliest first."""

    candidates: tuple[Candidate, ...]

    @property
    def first(self) -> Candidate:
        """The likeliest of them."""
        return self.candidates[0]

    @property
    def confidence(self) -> float:
        """The probability that one of them is the cause."""
        return sum(candidate.confidence for candidate in self.candidates)


@dataclass(frozen=True, slots=True)
class Ranking:
    """All explanations tried, the likeliest first."""

    groups: tuple[Alike, ...]
    tried: int

    @property
    def candidates(self) -> list[Candidate]:
        """All candidates, the likeliest first, whether alike or not."""
        each = (candidate for group in self.groups for candidate in group.candidates)
        return sorted(each, key=lambda candidate: -candidate.score)


def ranking(trials: Trials, most: int) -> Ranking:
    """The `most` likeliest groups of explanations; ties by the number of causes, then by name."""
    tried = explanations(trials)
    beyond = nothing_fails(len(trials.seen.alarms), trials.suspicion.policy)
    scores = np.concatenate([beyond.score, *(some.parts.score for some in tried)])
    shares = posterior(scores)
    ends = np.cumsum([1, *(len(some.sets) for some in tried)])
    groups = [Alike((Candidate((), beyond, 0, float(shares[0])),))]
    for some, begin in zip(tried, ends.tolist(), strict=False):
        groups += _grouped(some, shares[begin : begin + len(some.sets)], trials.projection.cis, most)
    groups.sort(key=lambda group: -round(group.first.score, COMMON_DIGITS))
    return Ranking(tuple(groups[:most]), len(scores))


def _grouped(tried: Tried, shares: Logs, cis: CIs, most: int) -> Iterator[Alike]:
    """The likeliest groups of one size."""
    ranks = cis.rank[tried.sets].T
    order = np.lexsort((*ranks[::-1], -np.round(tried.parts.score, COMMON_DIGITS)))
    groups: dict[tuple[int, int], list[int]] = {}
    for place in order.tolist():
        key = int(tried.alike[place]), int(tried.early[place])
        if key in groups or len(groups) < most:
            groups.setdefault(key, []).append(place)
    for places in groups.values():
        yield Alike(tuple(_candidate(tried, place, float(shares[place])) for place in places))


def _candidate(tried: Tried, place: int, share: float) -> Candidate:
    parts = Parts(*(column[place : place + 1] for column in tried.parts))
    return Candidate(tuple(tried.sets[place].tolist()), parts, int(tried.early[place]), share)
