"""What chance would give, and how unlikely what was seen is."""

from dataclasses import dataclass

import numpy as np

from impact.kernels.chance import Floats, expected, log_tails
from impact.recurrence.candidates import Candidates
from impact.recurrence.hits import Hits
from impact.recurrence.rules import RecurrenceRules

HALVINGS, LARGEST = 40, 30.0
"""Of the logarithm of a factor."""
CERTAIN = 0.0
"""The logarithm of a p-value of 1."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How often each CI is hit by chance, relative to the others of its stratum."""

    of: Floats
    total: Floats
    """Their sum in each stratum."""

    @classmethod
    def of_cis(cls, weight: Floats, hits: Hits) -> "Weights":
        """Given the weight of each CI."""
        counted = hits.strata.of >= 0
        total = np.bincount(hits.strata.of[counted], weight[counted], minlength=len(hits.strata.size))
        return cls(weight, total.astype(np.float64))


class Chance:
    """The null hypothesis: each incident hits as many CIs of the same strata as it did, but any of them."""

    def __init__(self, hits: Hits, rules: RecurrenceRules) -> None:
        self._hits, self._rules = hits, rules

    def expected(self, candidates: Candidates, weights: Weights) -> Floats:
        """How many incidents would hit what is exposed through each candidate."""
        return self._of_shares(np.minimum(candidates.inside / weights.total, 1.0))

    def log_p(self, candidates: Candidates, expected: Floats, by_chance: Floats) -> Floats:
        """The logarithm of the chance of as many incidents; 1 where they are too few to be reported.

        They are too few if they exceed what is expected by less than they would exceed chance alone, were
        those exposed hit `at_least_times` as often as others.

        For counts that exceed the mean by 1 or more, trials of unequal chances have a lighter tail than the
        binomial of the same mean (Hoeffding, 1956: On the distribution of the number of successes in
        independent trials): what is told is the chance or more.
        """
        rules, counts = self._rules, candidates.incidents
        trials, more = len(self._hits.incidents), (rules.at_least_times - 1) * by_chance
        excess = np.maximum(1.0, more * (trials - by_chance) / (trials + more))
        enough = (counts >= rules.at_least) & (counts - expected >= excess)
        found = np.full(len(counts), CERTAIN)
        found[enough] = log_tails(counts[enough], trials, expected[enough])
        return found

    def factor(self, candidate: Candidates, weights: Weights) -> float:
        """How much the weight of those exposed through a candidate must grow to make what was seen expected.

        Where that would need them to be all there is, half an incident is left for the others.
        """
        inside, outside = candidate.inside, np.maximum(weights.total - candidate.inside, 0.0)
        most = self._of_shares((inside > 0).astype(np.float64))[0]
        seen = min(float(candidate.incidents[0]), float(most) - 0.5)
        low, high = 0.0, LARGEST
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            grown = np.exp(middle) * inside
            enough = self._of_shares(grown / (grown + outside))[0] >= seen
            low, high = (low, middle) if enough else (middle, high)
        return float(np.exp(low))

    def _of_shares(self, share: Floats) -> Floats:
        patterns = self._hits.patterns
        return expected(
            np.ascontiguousarray(share),
            self._hits.strata.size,
            patterns.first,
            patterns.stratum,
            patterns.hits,
            patterns.times,
        )
