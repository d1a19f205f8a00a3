"""How long each CI is away, and what decides it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from impact.arrays import Ints, value_of
from impact.kernels.outage import CI, ENDLESS, GROUP, NONE, PARENT, RULE, SECONDS, STEPS
from impact.kernels.outages import outages as kernel
from impact.kernels.worst_moment import worst_moment
from impact.projection import Projection
from impact.state import State
from impact.strength import Strength

__all__ = ["ENDLESS", "NONE", "Decider", "Durations", "Outages", "Step", "outages"]


class Decider(IntEnum):
    """What decides how long a CI is away."""

    FAILED = 0
    """It failed itself, for that long."""
    WAIT = 1
    """It waits until enough members of a group are back."""
    FAILOVER = 2
    """A group fails over from a member."""


@dataclass(frozen=True, slots=True)
class Durations:
    """What is declared, as indices of CIs: those that fail, each for some seconds or ENDLESS."""

    failed: Ints
    seconds: Ints
    degraded: Ints
    pinned: Ints


class Step(NamedTuple):
    """A CI on the way from a cause: how long it is away, and the group that decides it."""

    ci: int
    seconds: int
    decider: Decider
    group: int | None
    """None for a cause; otherwise the group that has the CI of the step before as a member."""


@dataclass(frozen=True, slots=True)
class Outages:
    """The CIs that are not up, ascending; at the worst moment, when all that is away is away at once."""

    projection: Projection
    cis: Ints
    seconds: Ints
    """How long each is away: ENDLESS where it is down, 0 where it is not away."""
    steps: Ints
    """How many steps each is from the cause that decides its outage; 0 where it is not away."""
    impaired: Ints
    """How many steps each is from the cause that degrades it, beside an outage perhaps; or NONE."""
    endangered: Ints
    """The same for those at risk, beside something worse perhaps."""
    parents: Mapping[State, Mapping[int, int]]
    """The member that made a CI degraded or at risk; NONE for a cause."""
    records: Ints
    """What the kernel found, row by row."""
    record: Ints
    """The row of each CI; -1 where it is not away."""

    def away(self, ci: int) -> int:
        """For how many seconds a CI is away; 0 for one that is not."""
        return max(0, self.one(ci, self.seconds))

    def one(self, ci: int, values: Ints) -> int:
        """One of the columns here for a CI; NONE for one that is up."""
        return value_of(ci, self.cis, values, NONE)

    def chain(self, ci: int) -> list[Step]:
        """From the cause to a CI that is away: each is away for what the step before makes of it.

        A CI is there twice if its own outage sets off a failover that makes it longer.
        """
        at = int(self.record[np.searchsorted(self.cis, ci)])
        steps: list[Step] = []
        while at != NONE:
            row = self.records[at]
            group = None if row[PARENT] == NONE else self._group(row)
            steps.append(Step(int(row[CI]), int(row[SECONDS]), Decider(row[RULE]), group))
            at = int(row[PARENT])
        return steps[::-1]

    def _group(self, row: Ints) -> int:
        """The group that decides; where the kernel names none, the first that hangs on the member."""
        if row[GROUP] != NONE:
            return int(row[GROUP])
        owner, member = int(row[CI]), int(self.records[row[PARENT], CI])
        return next(
            group for group in self.projection.groups.of_owner(owner) if self._hangs_on(group, member)
        )

    def _hangs_on(self, group: int, member: int) -> bool:
        """Whether a group is away whenever the member is, for as long."""
        groups, wiring = self.projection.groups, self.projection.wiring
        spare = groups.weights(group).sum() - wiring.need[group]
        return wiring.strength[group] == Strength.HARD and any(
            wiring.member[entry] == member and wiring.weight[entry] > spare and not wiring.tolerates[entry]
            for entry in groups.entries(group)
        )


def outages(projection: Projection, causes: Durations) -> Outages:
    """Compute how long everything is away; near-linear in the relationships of what is."""
    wiring = projection.wiring
    with projection.scratch.borrow() as scratch:
        records, final = kernel(
            wiring, scratch, projection.cis.no, causes.failed, causes.seconds, causes.pinned
        )
        away, seconds = records[final, CI], records[final, SECONDS]
        steps = records[final, STEPS]
        impaired, endangered = worst_moment(
            wiring, scratch, away, seconds, steps, causes.degraded, causes.pinned
        )
    cis = np.unique(np.concatenate((away, impaired[:, 0], endangered[:, 0])))
    record = np.full(len(cis), NONE, dtype=np.int32)
    record[np.searchsorted(cis, away)] = final
    is_away = record != NONE
    return Outages(
        projection=projection,
        cis=cis,
        seconds=np.where(is_away, records[record, SECONDS], 0) if len(records) else np.zeros_like(cis),
        steps=np.where(is_away, records[record, STEPS], 0) if len(records) else np.zeros_like(cis),
        impaired=_placed(cis, impaired),
        endangered=_placed(cis, endangered),
        parents={
            state: dict(zip(rows[:, 0].tolist(), rows[:, 1].tolist(), strict=True))
            for state, rows in ((State.DEGRADED, impaired), (State.AT_RISK, endangered))
        },
        records=records,
        record=record,
    )


def _placed(cis: Ints, rows: Ints) -> Ints:
    """The steps of rows (CI, parent, steps) by CI; NONE for those without one."""
    steps = np.full(len(cis), NONE, dtype=np.int32)
    steps[np.searchsorted(cis, rows[:, 0])] = rows[:, 2]
    return steps
