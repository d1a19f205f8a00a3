"""What follows from causes, by the rules of docs/impact.md: the CIs concerned and nothing else."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from impact.arrays import Bytes, Ints
from impact.kernels.propagation import propagate as kernel
from impact.projection import Projection
from impact.state import State

T = TypeVar("T", bound=np.signedinteger)

NEVER = -1


@dataclass(frozen=True, slots=True)
class Causes:
    """What is declared rather than computed, as indices of CIs; `pinned` ones stay up."""

    down: Ints
    degraded: Ints
    pinned: Ints


@dataclass(frozen=True, slots=True)
class Outcome:
    """The CIs that are not up, ascending, and the rounds in which each was first affected.

    `down`; `impaired`: down or degraded; `endangered`: at risk, unless something worse; NEVER where it was
    not. In round 0 stand the causes, in round r + 1 whatever the states of round r force.
    """

    cis: Ints
    down: Ints
    impaired: Ints
    endangered: Ints

    @property
    def states(self) -> Bytes:
        """The state of each of the CIs."""
        worst: Bytes = np.full(len(self.cis), State.AT_RISK, dtype=np.int8)
        worst[self.impaired != NEVER] = State.DEGRADED
        worst[self.down != NEVER] = State.DOWN
        return worst

    @property
    def distances(self) -> Ints:
        """The round in which each of the CIs got its state."""
        impaired = np.where(self.impaired != NEVER, self.impaired, self.endangered)
        return np.where(self.down != NEVER, self.down, impaired)

    @property
    def failed(self) -> Ints:
        """The CIs that are down."""
        failed: Ints = self.cis[self.down != NEVER]
        return failed

    @property
    def hurt(self) -> Ints:
        """The CIs that are down or degraded."""
        hurt: Ints = self.cis[self.impaired != NEVER]
        return hurt

    def of(self, cis: Ints, values: npt.NDArray[T], otherwise: int) -> npt.NDArray[T]:
        """Some values of this outcome (in the order of `cis` here) for other CIs; else `otherwise`."""
        if not len(self.cis):
            return np.full(len(cis), otherwise, dtype=values.dtype)
        place = np.minimum(np.searchsorted(self.cis, cis), len(self.cis) - 1)
        return np.where(self.cis[place] == cis, values[place], otherwise).astype(values.dtype)

    def one(self, ci: int, values: npt.NDArray[T], otherwise: int) -> int:
        """The same for one CI."""
        place = self.cis.searchsorted(ci)
        return int(values[place]) if place < len(self.cis) and self.cis[place] == ci else otherwise


def propagate(projection: Projection, causes: Causes) -> Outcome:
    """Compute what follows from the causes; linear in the relationships of the CIs they reach."""
    with projection.scratch.borrow() as scratch:
        down, down_rounds, impaired, impaired_rounds, endangered, endangered_rounds = kernel(
            projection.wiring, scratch, causes.down, causes.degraded, causes.pinned
        )
    cis = np.unique(np.concatenate((down, impaired, endangered)))
    return Outcome(
        cis,
        _aligned(cis, down, down_rounds),
        _aligned(cis, impaired, impaired_rounds),
        _aligned(cis, endangered, endangered_rounds),
    )


def _aligned(cis: Ints, found: Ints, rounds: Ints) -> Ints:
    aligned = np.full(len(cis), NEVER, dtype=np.int32)
    aligned[np.searchsorted(cis, found)] = rounds
    return aligned
