"""Finds what recurs, each thing once: step by step, what is found already becomes what is expected.

As in spatial scan statistics adjusted for several clusters (Zhang, Assunção and Kulldorff, 2010), but what is
found is weighted instead of deleted, so that a worse CI beneath a bad provider is still seen.
"""

from dataclasses import dataclass

import numpy as np

from impact.arrays import Flags, Ints
from impact.kernels.chance import Floats
from impact.projection import Projection
from impact.recurrence.candidates import Candidates, Exposures
from impact.recurrence.chance import Chance, Weights
from impact.recurrence.correction import threshold
from impact.recurrence.hits import Hits
from impact.recurrence.rules import RecurrenceRules


@dataclass(frozen=True, slots=True)
class Tested:
    """Candidates with what chance would give; the columns are parallel."""

    candidates: Candidates
    expected: Floats
    log_p: Floats

    def __len__(self) -> int:
        return len(self.candidates)

    def where(self, keep: Flags | Ints) -> "Tested":
        """Some of them."""
        return Tested(self.candidates.where(keep), self.expected[keep], self.log_p[keep])


@dataclass(frozen=True, slots=True)
class Finding:
    """One candidate as chance alone would have it; `same` are others that explain the same incidents."""

    tested: Tested
    same: Ints
    members: Ints
    """Who is exposed through it."""
    factor: float
    """How many times as often they are hit, apart from all other findings."""


class Search:
    """One search through the incidents of a period."""

    def __init__(self, projection: Projection, hits: Hits, rules: RecurrenceRules) -> None:
        self._hits, self._rules, self._rank = hits, rules, projection.cis.rank
        self._exposures, self._chance = Exposures(projection, hits), Chance(hits, rules)
        self._even = np.ones(len(projection.cis))
        self.tests = self._exposures.count()
        """How many there are; the correction counts all."""

    def findings(self) -> list[Finding]:
        """What recurs, the least likely by chance first."""
        screened = self._screened()
        limit = threshold(screened.log_p, self.tests, self._rules.false_discovery_rate)
        found, weight = self._forward(screened.where(screened.log_p <= limit), limit)
        kept = self._backward(found, weight, limit)
        return sorted(kept, key=lambda finding: self._order(finding.tested)[0])

    def _screened(self) -> Tested:
        """All that enough incidents hit."""
        enough = np.diff(self._hits.first)[self._hits.cis] >= self._rules.at_least
        own = self._exposures.of_own(self._hits.cis[enough], self._even)
        providers = self._exposures.of_providers(
            self._exposures.providers(), self._even, self._rules.at_least
        )
        return self._tested(own.followed_by(providers), self._even)

    def _tested(self, candidates: Candidates, weight: Floats) -> Tested:
        expected = self._chance.expected(candidates, Weights.of_cis(weight, self._hits))
        return Tested(candidates, expected, self._chance.log_p(candidates, expected))

    def _forward(self, screened: Tested, limit: float) -> tuple[list[Finding], Floats]:
        """Take the least likely, make it expected by weighting those exposed, and test the others again."""
        found: list[Finding] = []
        weight, left = self._even.copy(), screened
        while len(left):
            first = min(range(len(left)), key=self._order(left).__getitem__)
            same = self._same(left, first)
            finding = self._finding(left.where(np.array([first])), left.candidates.ci[same], weight)
            weight[finding.members] *= finding.factor
            found.append(finding)
            rest = np.ones(len(left), dtype=np.bool_)
            rest[[first, *same]] = False
            left = self._tested(self._exposures.again(left.candidates.where(rest), weight), weight)
            left = left.where(left.log_p <= limit)
        return found, weight

    def _backward(self, found: list[Finding], weight: Floats, limit: float) -> list[Finding]:
        """Leave out what the later findings explain without it, such as a provider above several bad ones."""
        kept = []
        for finding in found:
            without = weight.copy()
            without[finding.members] /= finding.factor
            again = self._exposures.again(finding.tested.candidates, without)
            if self._tested(again, without).log_p[0] <= limit:
                kept.append(finding)
            else:
                weight = without
        return kept

    def _finding(self, tested: Tested, same: Ints, weight: Floats) -> Finding:
        candidate = tested.candidates
        factor = self._chance.factor(candidate, Weights.of_cis(weight, self._hits))
        members = self._exposures.members(int(candidate.ci[0]), bool(candidate.provider[0]))
        by_chance = self._tested(self._exposures.again(candidate, self._even), self._even)
        return Finding(by_chance, np.setdiff1d(same, candidate.ci), members, factor)

    def _order(self, tested: Tested) -> list[tuple[float, int, bool, int]]:
        """The least likely first; of equals that with the fewest exposed, and a CI before a provider."""
        told = tested.candidates
        rank = self._rank[told.ci].tolist()
        columns = (tested.log_p.tolist(), told.exposed.tolist(), told.provider.tolist(), rank)
        return list(zip(*columns, strict=True))

    def _same(self, tested: Tested, first: int) -> list[int]:
        """The places of others that chance hits as often, and that the very same incidents did hit."""
        told = tested.candidates
        alike = np.isclose(tested.expected, tested.expected[first])
        alike &= told.incidents == told.incidents[first]
        alike[first] = False
        places = np.flatnonzero(alike).tolist()
        if not places:
            return []
        incidents = self.incidents(told, first)
        return [place for place in places if np.array_equal(self.incidents(told, place), incidents)]

    def incidents(self, candidates: Candidates, place: int) -> Ints:
        """The incidents that hit what is exposed through a candidate, in order of time."""
        members = self._exposures.members(int(candidates.ci[place]), bool(candidates.provider[place]))
        return self._hits.of_cis(members)
