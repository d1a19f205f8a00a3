"""A scenario computed on a projection: what is so before it, and what under it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from impact.evidence import Evidence, evidence
from impact.projection import Bytes, Groups, Ints, Projection
from impact.propagation import Causes, Outcome, propagate
from impact.state import State


@dataclass(frozen=True)
class Analysis:
    """The states of all CIs under a scenario, on top of what is down and degraded already.

    What the scenario declares not impacted is up, whatever the base says of it.
    """

    projection: Projection
    scenario: Causes
    base: Causes

    @property
    def groups(self) -> Groups:
        """The redundancy groups that failure is computed on."""
        return self.projection.groups

    @cached_property
    def before(self) -> Outcome:
        """What follows from the base alone."""
        return propagate(self.groups, self.base)

    @cached_property
    def outcome(self) -> Outcome:
        """What follows from the scenario and the base."""
        pinned = self.scenario.pinned
        down = np.union1d(self.scenario.down, np.setdiff1d(self.base.down, pinned))
        degraded = np.union1d(self.scenario.degraded, np.setdiff1d(self.base.degraded, pinned))
        return propagate(self.groups, Causes(down, degraded, pinned))

    @cached_property
    def states(self) -> Bytes:
        """The state of every CI under the scenario."""
        return self.outcome.states()

    @cached_property
    def states_before(self) -> Bytes:
        """The state of every CI without the scenario."""
        return self.before.states()

    @cached_property
    def affected(self) -> Ints:
        """All CIs that are not up, or were not before; ascending."""
        return np.flatnonzero((self.states != State.UP) | (self.states_before != State.UP)).astype(np.int32)

    @cached_property
    def distances(self) -> Ints:
        """Steps from a cause to every CI; -1 for those up."""
        return self.outcome.distances()

    def state(self, ci: int) -> State:
        """The state of one CI under the scenario."""
        return State(self.states[ci])

    def evidence(self, ci: int) -> Evidence:
        """Why a CI that is not up has its state."""
        return evidence(self.groups, self.outcome, ci, self.state(ci))

    def is_given(self, ci: int) -> bool:
        """Whether the base declares the CI down or degraded, and the scenario does not."""
        declared = np.concatenate((self.scenario.down, self.scenario.degraded))
        given = np.concatenate((self.base.down, self.base.degraded))
        return ci in given and ci not in declared
