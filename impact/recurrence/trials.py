"""Candidates put to the test, under any weights of the CIs."""

from dataclasses import dataclass

import numpy as np

from impact.arrays import Flags, Ints
from impact.kernels.chance import Floats
from impact.projection import Projection
from impact.recurrence.candidates import Candidates, Exposures
from impact.recurrence.chance import Chance, Weights
from impact.recurrence.hits import Hits
from impact.recurrence.rules import RecurrenceRules


@dataclass(frozen=True, slots=True)
class Tested:
    """Candidates with what was expected, those that stand for themselves first; the columns are parallel."""

    candidates: Candidates
    by_chance: Floats
    """How many incidents chance alone would give."""
    expected: Floats
    """How many there are to expect under the weights."""
    log_p: Floats

    def __len__(self) -> int:
        return len(self.candidates)

    def where(self, keep: Flags | Ints) -> "Tested":
        """Some of them."""
        return Tested(
            self.candidates.where(keep), self.by_chance[keep], self.expected[keep], self.log_p[keep]
        )


class Trials:
    """Tests on the incidents of a period."""

    def __init__(self, projection: Projection, hits: Hits, rules: RecurrenceRules) -> None:
        self._hits, self._at_least = hits, rules.at_least
        self._exposures, self._chance = Exposures(projection, hits), Chance(hits, rules)
        self.even = np.ones(len(projection.cis))
        """The weights of chance alone."""
        self.count = self._exposures.count()
        """How many tests there are; the correction counts all."""

    def screened(self) -> Tested:
        """All that enough incidents hit, by chance alone."""
        enough = np.diff(self._hits.first)[self._hits.cis] >= self._at_least
        own = self._exposures.of_own(self._hits.cis[enough], self.even)
        providers = self._exposures.of_providers(self._exposures.providers(), self.even, self._at_least)
        candidates = own.followed_by(providers)
        expected = self._chance.expected(candidates, Weights.of_cis(self.even, self._hits))
        return Tested(candidates, expected, expected, self._chance.log_p(candidates, expected, expected))

    def again(self, tested: Tested, weight: Floats) -> Tested:
        """The same candidates under other weights."""
        candidates = self._exposures.again(tested.candidates, weight)
        expected = self._chance.expected(candidates, Weights.of_cis(weight, self._hits))
        log_p = self._chance.log_p(candidates, expected, tested.by_chance)
        return Tested(candidates, tested.by_chance, expected, log_p)

    def factor(self, tested: Tested, weight: Floats) -> float:
        """How many times as often those exposed through one candidate are hit as the weights say."""
        again = self._exposures.again(tested.candidates, weight)
        return self._chance.factor(again, Weights.of_cis(weight, self._hits))

    def members(self, tested: Tested, place: int = 0) -> Ints:
        """Who is exposed through a candidate."""
        told = tested.candidates
        return self._exposures.members(int(told.ci[place]), bool(told.provider[place]))

    def incidents(self, tested: Tested, place: int = 0) -> Ints:
        """The incidents that hit what is exposed through a candidate, in order of time."""
        return self._hits.of_cis(self.members(tested, place))
