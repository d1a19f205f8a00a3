"""What follows from causes, by the rules of docs/impact.md: the CIs concerned and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from impact.analysis.outages import ENDLESS, Durations, Outages, outages
from impact.arrays import Bytes, Ints, value_of
from impact.kernels.alignment import NEVER, aligned
from impact.kernels.propagation import propagate as kernel
from impact.projection import Projection
from impact.state import State

__all__ = ["NEVER", "Causes", "Outcome", "propagate"]

T = TypeVar("T", bound=np.signedinteger)


@dataclass(frozen=True, slots=True)
class Causes:
    """What is declared rather than computed, as indices of CIs; `pinned` ones stay up.

    `seconds` tells how long each of those down is; None where all are for good.
    """

    down: Ints
    degraded: Ints
    pinned: Ints
    seconds: Ints | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The CIs that are not up, ascending, and how many steps each is from a cause.

    A column a state: `down`; `interrupted`; `impaired`: degraded or worse; `endangered`: at risk, unless
    something worse; NEVER where it is not. Without durations, steps are rounds: in round 0 stand the causes,
    in round r + 1 whatever the states of round r force.
    """

    cis: Ints
    down: Ints
    interrupted: Ints
    impaired: Ints
    endangered: Ints
    outages: Outages | None = None
    """How long each is away, where time matters."""

    @property
    def steps(self) -> Mapping[State, Ints]:
        """The columns by the state they lead to, best first."""
        return {
            State.AT_RISK: self.endangered,
            State.DEGRADED: self.impaired,
            State.INTERRUPTED: self.interrupted,
            State.DOWN: self.down,
        }

    @property
    def states(self) -> Bytes:
        """The state of each of the CIs."""
        worst: Bytes = np.zeros(len(self.cis), dtype=np.int8)
        for state, steps in self.steps.items():
            worst[steps != NEVER] = state
        return worst

    @property
    def distances(self) -> Ints:
        """How many steps each of the CIs is from the cause of its state."""
        distances = np.zeros(len(self.cis), dtype=np.int32)
        for steps in self.steps.values():
            np.copyto(distances, steps, where=steps != NEVER)
        return distances

    @property
    def failed(self) -> Ints:
        """The CIs that are down."""
        failed: Ints = self.cis[self.down != NEVER]
        return failed

    @property
    def hurt(self) -> Ints:
        """The CIs that are degraded or worse."""
        hurt: Ints = self.cis[self.impaired != NEVER]
        return hurt

    def seconds(self, ci: int) -> int | None:
        """For how long a CI is interrupted; None where it is not."""
        seconds = self.outages.away(ci) if self.outages else 0
        return seconds if 0 < seconds < ENDLESS else None

    def of(self, cis: Ints, values: npt.NDArray[T], otherwise: int) -> npt.NDArray[T]:
        """Some values of this outcome (in the order of `cis` here) for other CIs; else `otherwise`."""
        if not len(self.cis):
            return np.full(len(cis), otherwise, dtype=values.dtype)
        place = np.minimum(np.searchsorted(self.cis, cis), len(self.cis) - 1)
        return np.where(self.cis[place] == cis, values[place], otherwise).astype(values.dtype)

    def one(self, ci: int, values: npt.NDArray[T], otherwise: int) -> int:
        """The same for one CI."""
        return value_of(ci, self.cis, values, otherwise)


def propagate(projection: Projection, causes: Causes) -> Outcome:
    """Compute what follows from the causes; linear in the relationships of the CIs they reach.

    Where a failure lasts for a time only, or something in the graph fails over, time matters.
    """
    if causes.seconds is not None or projection.fails_over:
        return _timed(projection, causes)
    with projection.scratch.borrow() as scratch:
        found = kernel(projection.wiring, scratch, causes.down, causes.degraded, causes.pinned)
        cis, down, impaired, endangered = aligned(scratch, *found)
    return Outcome(
        cis=cis,
        down=down,
        interrupted=np.full(len(cis), NEVER, dtype=np.int32),
        impaired=impaired,
        endangered=endangered,
    )


def _timed(projection: Projection, causes: Causes) -> Outcome:
    endless = np.full(len(causes.down), ENDLESS, dtype=np.int32)
    seconds = endless if causes.seconds is None else causes.seconds
    found = outages(projection, Durations(causes.down, seconds, causes.degraded, causes.pinned))
    away = found.seconds > 0
    return Outcome(
        cis=found.cis,
        down=np.where(found.seconds == ENDLESS, found.steps, NEVER).astype(np.int32),
        interrupted=np.where(away & (found.seconds < ENDLESS), found.steps, NEVER).astype(np.int32),
        impaired=np.where(away, found.steps, found.impaired).astype(np.int32),
        endangered=found.endangered,
        outages=found,
    )
