"""A scenario computed on a projection: what is so before it, and what under it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from impact.analysis.evidence import evidence
from impact.analysis.outages import ENDLESS
from impact.analysis.propagation import NEVER, Causes, Outcome, propagate
from impact.analysis.rules import Evidence
from impact.arrays import Bytes, Ints
from impact.projection import Groups, Projection
from impact.state import GroupStateName, State


@dataclass(frozen=True)
class Analysis:
    """The states of all CIs under a scenario, on top of what is down and degraded already.

    What the scenario declares not impacted is up, whatever the base says of it. `projection` is the graph
    as the scenario imagines it, `reality` as it is; the indices of the latter are the same in both.
    """

    projection: Projection
    reality: Projection
    scenario: Causes
    base: Causes
    named: Mapping[str, int] = field(default_factory=dict)
    """The CIs that the scenario speaks of: their indices by id, or by the names of imagined ones."""

    @property
    def groups(self) -> Groups:
        """The redundancy groups that failure is computed on."""
        return self.projection.groups

    @cached_property
    def before(self) -> Outcome:
        """What follows from the base alone."""
        return propagate(self.reality, self.base)

    @cached_property
    def outcome(self) -> Outcome:
        """What follows from the scenario and the base."""
        scenario, base = self.scenario, self.base
        down_before = np.setdiff1d(base.down, scenario.pinned)
        down = np.union1d(scenario.down, down_before)
        degraded = np.union1d(scenario.degraded, np.setdiff1d(base.degraded, scenario.pinned))
        seconds = None
        if scenario.seconds is not None:
            seconds = np.full(len(down), ENDLESS, dtype=np.int32)
            for_a_time = ~np.isin(scenario.down, down_before)
            seconds[np.searchsorted(down, scenario.down[for_a_time])] = scenario.seconds[for_a_time]
        return propagate(self.projection, Causes(down, degraded, scenario.pinned, seconds))

    @cached_property
    def affected(self) -> Ints:
        """All CIs that are not up, or were not before; ascending."""
        before = self.before.cis
        return np.union1d(self.outcome.cis, before) if len(before) else self.outcome.cis

    @cached_property
    def _states(self) -> Bytes:
        return self.outcome.states

    @cached_property
    def _states_before(self) -> Bytes:
        return self.before.states

    def states(self, cis: Ints) -> Bytes:
        """The states of some CIs under the scenario."""
        return self.outcome.of(cis, self._states, State.UP)

    def states_before(self, cis: Ints) -> Bytes:
        """The states of some CIs without the scenario."""
        return self.before.of(cis, self._states_before, State.UP)

    @cached_property
    def _distances(self) -> Ints:
        return self.outcome.distances

    def distances(self, cis: Ints) -> Ints:
        """Steps from a cause to each of some CIs; -1 for those up."""
        return self.outcome.of(cis, self._distances, NEVER)

    def state(self, ci: int) -> State:
        """The state of one CI under the scenario."""
        return State(self.outcome.one(ci, self._states, State.UP))

    def state_before(self, ci: int) -> State:
        """The state of one CI without the scenario."""
        return State(self.before.one(ci, self._states_before, State.UP))

    def distance(self, ci: int) -> int:
        """Steps from a cause to one CI; 0 for one that is up."""
        return self.outcome.one(ci, self._distances, 0)

    def group_state(self, group: int) -> GroupStateName:
        """Whether a group is lost, if only for a time, or weakened by what is degraded."""
        need, weights = self.groups.wiring.need[group], self.groups.weights(group)
        states = self.states(self.groups.members(group))
        if weights[states <= State.DEGRADED].sum() < need:
            return "lost"
        return "weakened" if weights[states < State.DEGRADED].sum() < need else "whole"

    def evidence(self, ci: int) -> Evidence:
        """Why a CI that is not up has its state."""
        return evidence(self.projection, self.outcome, ci, self.state(ci))

    def is_given(self, ci: int) -> bool:
        """Whether the base declares the CI down or degraded, and the scenario does not."""
        return ci in self._given

    @cached_property
    def _given(self) -> frozenset[int]:
        declared = {*self.scenario.down.tolist(), *self.scenario.degraded.tolist()}
        return frozenset((*self.base.down.tolist(), *self.base.degraded.tolist())) - declared
