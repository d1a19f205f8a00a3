"""The explanations in order: those that nothing seen can tell apart stand together."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from impact.causes.likelihood import Logs, Parts, nothing_fails, posterior
from impact.causes.search import explanations
from impact.causes.trials import Trials, Tried

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
    """The `most` likeliest groups of explanations; ties by the first alarm, then by name."""
    tried = explanations(trials)
    beyond = nothing_fails(len(trials.seen.alarms), trials.suspicion.policy)
    scores = np.concatenate([beyond.score, *(some.parts.score for some in tried)])
    shares = posterior(scores)
    ends = np.cumsum([1, *(len(some.sets) for some in tried)])
    groups = [Alike((Candidate((), beyond, 0, float(shares[0])),))]
    for some, begin in zip(tried, ends.tolist(), strict=False):
        groups += _grouped(some, shares[begin : begin + len(some.sets)], _Reading(trials, tried[0]), most)
    groups.sort(key=lambda group: -round(group.first.score, COMMON_DIGITS))
    return Ranking(tuple(groups[:most]), len(scores))


class _Reading:
    """In which order sets are read: as the alarms of their causes began, else the likelier alone first."""

    def __init__(self, trials: Trials, singles: Tried) -> None:
        self.rank = trials.projection.cis.rank
        self.onset = trials.seen.watched.onset
        self._alone = dict(zip(singles.sets[:, 0].tolist(), singles.parts.score.tolist(), strict=True))

    def order(self, cis: list[int]) -> tuple[int, ...]:
        """The CIs of a set in that order."""
        timed = not np.isnan(self.onset[cis]).any()
        return tuple(
            sorted(
                cis,
                key=lambda ci: (
                    self.onset[ci] if timed else 0.0,
                    -self._alone.get(ci, -np.inf),
                    self.rank[ci],
                ),
            )
        )


def _grouped(tried: Tried, shares: Logs, reading: _Reading, most: int) -> Iterator[Alike]:
    """The likeliest groups of one size."""
    ranks = reading.rank[tried.sets].T
    began = reading.onset[tried.sets].min(axis=1)
    order = np.lexsort((*ranks[::-1], began, -np.round(tried.parts.score, COMMON_DIGITS)))
    groups: dict[tuple[int, int], list[int]] = {}
    for place in order.tolist():
        key = int(tried.alike[place]), int(tried.early[place])
        if key in groups or len(groups) < most:
            groups.setdefault(key, []).append(place)
    for places in groups.values():
        yield Alike(tuple(_candidate(tried, place, float(shares[place]), reading) for place in places))


def _candidate(tried: Tried, place: int, share: float, reading: _Reading) -> Candidate:
    parts = Parts(*(column[place : place + 1] for column in tried.parts))
    cis = reading.order(tried.sets[place].tolist())
    return Candidate(cis, parts, int(tried.early[place]), share)
