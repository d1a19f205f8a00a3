"""Explanations tried out: what their failure predicts, and what speaks for and against them."""

from dataclasses import dataclass

import numpy as np

from impact.arrays import NOBODY, Flags, Ints, Longs
from impact.causes.likelihood import Parts, parts
from impact.causes.observations import Seen
from impact.causes.suspicion import Suspicion
from impact.kernels.propagation import propagate
from impact.kernels.reach import required
from impact.kernels.symptoms import ALARM, DEGRADED_OFFSET, tally
from impact.projection import Projection


@dataclass(frozen=True, slots=True)
class Tried:
    """Explanations of one size; all columns are parallel."""

    sets: Ints
    """k by m: the CIs that fail."""
    counts: Ints
    early: Ints
    alike: Longs
    """Equal where the same watched CIs get the same states."""
    parts: Parts

    def chosen(self, which: Ints | Longs | Flags) -> "Tried":
        """Some of them."""
        return Tried(
            self.sets[which],
            self.counts[which],
            self.early[which],
            self.alike[which],
            Parts(*(column[which] for column in self.parts)),
        )

    @property
    def explained(self) -> Ints:
        """How many alarms each predicts."""
        told: Ints = self.counts[:, ALARM] + self.counts[:, ALARM + DEGRADED_OFFSET]
        return told

    def best(self, most: int) -> "Tried":
        """The likeliest of them, each with another prediction; the likeliest first."""
        order = np.argsort(-self.parts.score, kind="stable")
        _, first = np.unique(self.alike[order], return_index=True)
        chosen: Longs = order[np.sort(first)[:most]]
        return self.chosen(chosen)


@dataclass(frozen=True, slots=True)
class Trials:
    """Where explanations are tried: a graph, what was seen on it, and whom one suspects."""

    projection: Projection
    seen: Seen
    suspicion: Suspicion

    def of(self, sets: Ints) -> Tried:
        """Try sets of CIs, k by m; keeps those that explain an alarm."""
        policy = self.suspicion.policy
        with self.projection.scratch.borrow() as scratch:
            counts, early, alike = tally(
                self.projection.wiring, scratch, self.seen.watched, float(policy.onset.tolerance), sets
            )
        told = parts(counts, early, self.suspicion.sums(sets), len(self.seen.alarms), policy)
        tried = Tried(sets, counts, early, alike, told)
        return tried.chosen(tried.explained > 0)

    def providers(self, cis: Ints) -> Ints:
        """All that some CIs depend on, themselves included: whoever takes one of them down is among these."""
        with self.projection.scratch.borrow() as scratch:
            found, _ = required(self.projection.wiring, scratch, cis)
        return found

    def hurt(self, failed: Ints) -> Ints:
        """What is down or degraded for as long as some CIs are down."""
        with self.projection.scratch.borrow() as scratch:
            found = propagate(self.projection.wiring, scratch, np.unique(failed), NOBODY, NOBODY)
        return found[2]

    def unexplained(self, failed: Ints) -> Ints:
        """The alarms that the failure of some CIs does not predict."""
        left: Ints = np.setdiff1d(self.seen.alarms, self.hurt(failed))
        return left
