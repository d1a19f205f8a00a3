"""What is tested: CIs by their own incidents, and providers by those of all that depends on them."""

from dataclasses import dataclass

import numpy as np

from impact.arrays import Flags, Ints
from impact.kernels.chance import Floats
from impact.kernels.dependents import TOGETHER
from impact.kernels.exposure import exposure
from impact.kernels.reach import reached, required
from impact.projection import Projection
from impact.recurrence.hits import Hits


@dataclass(frozen=True, slots=True)
class Candidates:
    """CIs or providers; all columns are parallel."""

    ci: Ints
    provider: Flags
    """Whether it stands for all that depends on it too, or for itself alone."""
    exposed: Ints
    hit: Ints
    incidents: Ints
    inside: Floats
    """The weight of those exposed, one column a stratum."""

    def __len__(self) -> int:
        return len(self.ci)

    def where(self, keep: Flags | Ints) -> "Candidates":
        """Some of them."""
        return Candidates(
            self.ci[keep],
            self.provider[keep],
            self.exposed[keep],
            self.hit[keep],
            self.incidents[keep],
            self.inside[keep],
        )

    def followed_by(self, others: "Candidates") -> "Candidates":
        """These, then others."""
        return Candidates(
            np.concatenate((self.ci, others.ci)),
            np.concatenate((self.provider, others.provider)),
            np.concatenate((self.exposed, others.exposed)),
            np.concatenate((self.hit, others.hit)),
            np.concatenate((self.incidents, others.incidents)),
            np.concatenate((self.inside, others.inside)),
        )


class Exposures:
    """Who is exposed through whom, and what happened to them."""

    def __init__(self, projection: Projection, hits: Hits) -> None:
        self._projection, self._hits = projection, hits
        self._found, self._waiting = np.zeros((2, len(projection.cis)), dtype=np.uint64)
        self._hit_by = np.zeros(len(hits.incidents), dtype=np.uint64)

    def count(self) -> int:
        """How many tests there are: all CIs of strata that were hit, and all that others depend on."""
        return int((self._hits.strata.of >= 0).sum() + self._depended_on().sum())

    def providers(self) -> Ints:
        """All CIs that others depend on and that the incidents could have come from."""
        with self._projection.scratch.borrow() as scratch:
            found, _ = required(self._projection.wiring, scratch, self._hits.cis)
        providers: Ints = found[self._depended_on()[found]]
        return providers

    def of_own(self, cis: Ints, weight: Floats) -> Candidates:
        """CIs by what hit themselves."""
        strata, incidents = self._hits.strata, np.diff(self._hits.first)[cis].astype(np.int32)
        inside = np.zeros((len(cis), len(strata.size)))
        places = np.flatnonzero(strata.of[cis] >= 0)
        inside[places, strata.of[cis[places]]] = weight[cis[places]]
        itself, one = np.zeros(len(cis), dtype=np.bool_), np.ones(len(cis), dtype=np.int32)
        return Candidates(cis, itself, one, np.minimum(incidents, one), incidents, inside)

    def of_providers(self, cis: Ints, weight: Floats, at_least: int = 0) -> Candidates:
        """Providers by what hit them or any of their dependents, those with `at_least` so many incidents."""
        found = self._batch(cis[:0], weight)
        for begin in range(0, len(cis), TOGETHER):
            batch = self._batch(cis[begin : begin + TOGETHER], weight)
            found = found.followed_by(batch.where(batch.incidents >= at_least))
        return found

    def again(self, candidates: Candidates, weight: Floats) -> Candidates:
        """The same candidates under other weights, those that stand for themselves first."""
        own = self.of_own(candidates.ci[~candidates.provider], weight)
        return own.followed_by(self.of_providers(candidates.ci[candidates.provider], weight))

    def members(self, ci: int, provider: bool) -> Ints:
        """Who is exposed through a candidate."""
        start = np.array([ci], dtype=np.int32)
        if not provider:
            return start
        with self._projection.scratch.borrow() as scratch:
            return reached(self._projection.wiring, scratch, start)[0]

    def _depended_on(self) -> Flags:
        row = self._projection.wiring.row
        return np.asarray(row[:, 3] > row[:, 0])

    def _batch(self, cis: Ints, weight: Floats) -> Candidates:
        hits = self._hits
        with self._projection.scratch.borrow() as scratch:
            inside, exposed, hit, incidents = exposure(
                self._projection.wiring,
                scratch,
                self._found,
                self._waiting,
                self._hit_by,
                cis,
                hits.strata.of,
                weight,
                len(hits.strata.size),
                hits.first,
                hits.incident,
            )
        return Candidates(cis, np.ones(len(cis), np.bool_), exposed, hit, incidents, inside)
