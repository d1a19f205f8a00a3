"""Finds what recurs, each thing once: step by step, what is found already becomes what is expected.

As in spatial scan statistics adjusted for several clusters (Zhang, Assunção and Kulldorff, 2010), but what is
found is weighted instead of deleted, so that a worse CI beneath a bad provider is still seen.
"""

from dataclasses import dataclass, replace

import numpy as np

from impact.arrays import Ints
from impact.kernels.chance import Floats
from impact.projection import CIs
from impact.recurrence.correction import threshold
from impact.recurrence.trials import Tested, Trials


@dataclass(frozen=True, slots=True)
class Finding:
    """One candidate as chance alone would have it; `same` are others that explain the same incidents."""

    tested: Tested
    same: Ints
    members: Ints
    """Who is exposed through it."""
    log_p: float
    """Of the chance of as many incidents, given what was found before."""
    factor: float
    """How many times as often they are hit, apart from all other findings."""

    def is_beneath(self, other: "Finding") -> bool:
        """Whether all exposed through this are so through the other, too."""
        return len(self.members) < len(other.members) and bool(np.isin(self.members, other.members).all())


class Search:
    """One search through the incidents of a period."""

    def __init__(self, cis: CIs, trials: Trials, false_discovery_rate: float) -> None:
        self._rank, self._trials, self._rate = cis.rank, trials, false_discovery_rate

    def findings(self) -> list[Finding]:
        """What recurs, the least likely by chance first."""
        screened = self._trials.screened()
        limit = self._threshold(screened.log_p)
        found, weight = self._forward(screened.where(screened.log_p <= limit), limit)
        limit = self._threshold(np.array([finding.log_p for finding in found]))
        for finding in found:
            if finding.log_p > limit:
                weight[finding.members] /= finding.factor
        kept = self._backward([finding for finding in found if finding.log_p <= limit], weight, limit)
        return sorted(kept, key=lambda finding: (finding.log_p, self._order(finding.tested)[0]))

    def _threshold(self, log_p: Floats) -> float:
        """What is a discovery. First all candidates count, then only those that are left to be told:

        what explains the same incidents many times over must not make room for more.
        """
        return threshold(log_p, self._trials.count, self._rate)

    def _forward(self, left: Tested, limit: float) -> tuple[list[Finding], Floats]:
        """Take the least likely, make it expected by weighting those exposed, and test the others again."""
        found: list[Finding] = []
        weight = self._trials.even.copy()
        while len(left):
            first = min(range(len(left)), key=self._order(left).__getitem__)
            same = self._same(left, first)
            finding = self._finding(left.where(np.array([first])), left.candidates.ci[same], weight)
            weight[finding.members] *= finding.factor
            found.append(finding)
            rest = np.ones(len(left), dtype=np.bool_)
            rest[[first, *same]] = False
            left = self._trials.again(left.where(rest), weight)
            left = left.where(left.log_p <= limit)
        return found, weight

    def _backward(self, found: list[Finding], weight: Floats, limit: float) -> list[Finding]:
        """Leave out what those found beneath it explain without it: a provider above several bad ones."""
        kept = dict(enumerate(found))
        for place in range(len(found)):
            finding = kept[place]
            beneath = {at: other for at, other in kept.items() if other.is_beneath(finding)}
            if not beneath:
                continue
            without, refitted = self._without(finding, beneath, weight)
            if self._trials.again(finding.tested, without).log_p[0] > limit:
                weight = without
                kept |= refitted
                del kept[place]
        return list(kept.values())

    def _without(
        self, finding: Finding, beneath: dict[int, Finding], weight: Floats
    ) -> tuple[Floats, dict[int, Finding]]:
        """The weights without a finding, with those beneath it fitted again."""
        weight = weight.copy()
        weight[finding.members] /= finding.factor
        refitted = {}
        for at, other in beneath.items():
            more = self._trials.factor(other.tested, weight)
            weight[other.members] *= more
            refitted[at] = replace(other, factor=other.factor * more)
        return weight, refitted

    def _finding(self, tested: Tested, same: Ints, weight: Floats) -> Finding:
        return Finding(
            self._trials.again(tested, self._trials.even),
            np.setdiff1d(same, tested.candidates.ci),
            self._trials.members(tested),
            float(tested.log_p[0]),
            self._trials.factor(tested, weight),
        )

    def _order(self, tested: Tested) -> list[tuple[float, int, bool, int]]:
        """The least likely first; of equals that with the fewest exposed, and a CI before a provider."""
        told = tested.candidates
        rank = self._rank[told.ci].tolist()
        columns = (tested.log_p.tolist(), told.exposed.tolist(), told.provider.tolist(), rank)
        return list(zip(*columns, strict=True))

    def _same(self, tested: Tested, first: int) -> list[int]:
        """The places of others that chance hits as often, and that the very same incidents did hit."""
        counts = tested.candidates.incidents
        alike = np.isclose(tested.expected, tested.expected[first]) & (counts == counts[first])
        alike[first] = False
        places = np.flatnonzero(alike).tolist()
        if not places:
            return []
        incidents = self._trials.incidents(tested, first)
        return [place for place in places if np.array_equal(self._trials.incidents(tested, place), incidents)]
