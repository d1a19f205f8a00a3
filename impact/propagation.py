"""Failure propagation: the least fixed point of the rules, computed in rounds.

In round 0 stand the causes; in round r + 1 every CI that the states of round r force. A CI's
distance is the round in which it got its state. The rules are those of docs/impact.md.
"""

from dataclasses import dataclass

import numpy as np

from impact.projection import Bytes, Groups, Ints, Strength
from impact.state import State

NEVER = -1


@dataclass(frozen=True, slots=True)
class Causes:
    """What is declared rather than computed, as indices of CIs; `pinned` ones stay up."""

    down: Ints
    degraded: Ints
    pinned: Ints


@dataclass(frozen=True, slots=True)
class Outcome:
    """The round in which each CI was first down, impaired (down or degraded), or endangered.

    NEVER where it was not. Endangered: at risk unless it is impaired too.
    """

    causes: Causes
    down: Ints
    impaired: Ints
    endangered: Ints

    @property
    def rounds(self) -> dict[State, Ints]:
        """The rounds by the state they lead to, worst first."""
        return {
            State.DOWN: self.down,
            State.DEGRADED: self.impaired,
            State.AT_RISK: self.endangered,
        }

    def states(self) -> Bytes:
        """The state of every CI."""
        reached = [rounds != NEVER for rounds in self.rounds.values()]
        return np.select(reached, [np.int8(state) for state in self.rounds], np.int8(State.UP))

    def distances(self) -> Ints:
        """The round in which every CI got its state; NEVER for those up."""
        reached = list(self.rounds.values())
        return np.select([rounds != NEVER for rounds in reached], reached, np.int32(NEVER))


def propagate(groups: Groups, causes: Causes) -> Outcome:
    """Compute what follows from the causes; linear in the groups they touch, round by round."""
    return _Rounds(groups, causes).run()


class _Rounds:
    """The fixed point on its way.

    `standing` is what the members of each group weigh that are not down, `sound` what those weigh
    that are neither down nor degraded.
    """

    def __init__(self, groups: Groups, causes: Causes) -> None:
        cis = len(groups.owned) - 1
        self._groups = groups
        self._standing = groups.total.copy()
        self._sound = groups.total.copy()
        self._pinned = np.zeros(cis, dtype=np.bool_)
        self._pinned[causes.pinned] = True
        self._round = 0
        never = np.full(cis, NEVER, dtype=np.int32)
        self._outcome = Outcome(causes, never, never.copy(), never.copy())

    def run(self) -> Outcome:
        causes, outcome = self._outcome.causes, self._outcome
        down = self._enter(outcome.down, causes.down)
        impaired = self._enter(outcome.impaired, np.concatenate((causes.down, causes.degraded)))
        while len(down) or len(impaired):
            self._round += 1
            down, impaired = self._advance(down, impaired)
        return outcome

    def _advance(self, down: Ints, impaired: Ints) -> tuple[Ints, Ints]:
        """One round: from the CIs that are newly down or impaired to those that this forces."""
        groups, outcome = self._groups, self._outcome
        hit = self._withdraw(self._standing, down)
        hard, soft, guard = (
            groups.strength[hit] == strength for strength in (Strength.HARD, Strength.SOFT, Strength.GUARD)
        )
        lost = self._standing[hit] < groups.need[hit]
        shaken = self._withdraw(self._sound, impaired)
        weakened = (groups.strength[shaken] == Strength.HARD) & (self._sound[shaken] < groups.need[shaken])
        owner = groups.owner
        self._enter(outcome.endangered, owner[hit[hard | soft | (guard & lost)]])
        return (
            self._enter(outcome.down, owner[hit[hard & lost]]),
            self._enter(outcome.impaired, owner[np.concatenate((shaken[weakened], hit[soft & lost]))]),
        )

    def _withdraw(self, weight: Ints, members: Ints) -> Ints:
        """Take the members out of all groups that contain them; return these groups."""
        groups, carried = self._groups.containing(members)
        np.subtract.at(weight, groups, carried)
        return np.unique(groups)

    def _enter(self, rounds: Ints, cis: Ints) -> Ints:
        """Note this round for CIs that have none yet; return them."""
        fresh = np.unique(cis[(rounds[cis] == NEVER) & ~self._pinned[cis]])
        rounds[fresh] = self._round
        return fresh
