"""What is degraded or at risk while everything that is away is away at once.

A member counts as away where its outage is longer than its dependent tolerates. A hard group is weakened
when the members that are away or degraded are more than it can spare, and one of them is degraded. So a CI
can be degraded beside being away, and is when it is back. Linear in the entries of what is away or degraded.
"""

import numpy as np

from impact.arrays import Ints
from impact.kernels.compiling import kernel
from impact.kernels.outages import ENDLESS, NONE, tolerance
from impact.kernels.scratch import Scratch
from impact.kernels.wiring import Wiring
from impact.strength import Strength

HARD, SOFT = int(Strength.HARD), int(Strength.SOFT)
PINNED, AWAY, DEGRADED, ENDANGERED = 1, 2, 4, 8


@kernel
def worst_moment(
    wiring: Wiring, scratch: Scratch, cis: Ints, seconds: Ints, steps: Ints, degraded: Ints, pinned: Ints
) -> tuple[Ints, Ints]:
    """The CIs that are degraded, and those at risk, when distinct `cis` are away for some seconds.

    A row each: CI, the member of one of its groups that made it so (-1 for a cause), steps from a cause;
    `steps` are those of `cis`. Both may be away, too; those at risk may be degraded. `degraded` are
    declared so; `pinned` stay up.
    """
    live, seen, place, carried = scratch.live, scratch.seen, scratch.place, wiring.carried
    row, counter = wiring.row, wiring.counter
    for ci in pinned:
        seen[ci] = PINNED
    for index in range(len(cis)):
        place[cis[index]] = index
        seen[cis[index]] |= AWAY
        for at in range(row[cis[index], 0], row[cis[index], 3]):
            if _is_missed(wiring, at, cis[index], seconds[index]):
                live[counter[at]] -= carried[at]
    impaired, endangered = _reduce(wiring, scratch, cis, seconds, steps, degraded)
    head = 0
    while head < impaired:
        ci = scratch.queue[head]
        away = seconds[place[ci]] if seen[ci] & AWAY else 0
        for at in range(row[ci, 0], row[ci, 3]):
            lost = at < row[ci, 1]
            if not lost and wiring.strength[wiring.counted[counter[at]]] == HARD:
                if not _is_missed(wiring, at, ci, away):
                    live[counter[at]] -= carried[at]
                lost = live[counter[at]] < 0
            if lost:
                further = scratch.soft_rounds[head] + 1
                impaired = _impair(scratch, wiring.dependent[at], ci, further, impaired)
        head += 1
    found = (
        np.stack((scratch.queue[:impaired], scratch.soft[:impaired], scratch.soft_rounds[:impaired]), axis=1),
        np.stack(
            (
                scratch.endangered[:endangered],
                scratch.rounds[:endangered],
                scratch.endangered_rounds[:endangered],
            ),
            axis=1,
        ),
    )
    for affected in (cis, scratch.queue[:impaired], scratch.endangered[:endangered], pinned):
        _restore(wiring, scratch, affected)
    return found


@kernel
def _is_missed(wiring: Wiring, at: int, ci: int, seconds: int) -> bool:
    """Whether a CI that is away for some seconds counts as away in a group that counts."""
    if wiring.counter[at] == NONE or seconds == 0:
        return False
    members = wiring.first, wiring.member, wiring.tolerates
    return seconds == ENDLESS or seconds > tolerance(members, wiring.counted[wiring.counter[at]], ci)


@kernel
def _reduce(
    wiring: Wiring, scratch: Scratch, cis: Ints, seconds: Ints, steps: Ints, degraded: Ints
) -> tuple[int, int]:
    """Queue what is declared degraded and the owners of lost soft groups; note who is at risk."""
    impaired, endangered = 0, 0
    for ci in degraded:
        impaired = _impair(scratch, ci, NONE, 0, impaired)
    for index in range(len(cis)):
        for at in range(wiring.row[cis[index], 0], wiring.row[cis[index], 3]):
            if not _is_missed(wiring, at, cis[index], seconds[index]):
                continue
            owner, lost = wiring.dependent[at], scratch.live[wiring.counter[at]] < 0
            strength = wiring.strength[wiring.counted[wiring.counter[at]]]
            if lost and strength == SOFT:
                impaired = _impair(scratch, owner, cis[index], steps[index] + 1, impaired)
            elif lost == (strength < SOFT):
                endangered = _endanger(scratch, owner, cis[index], steps[index] + 1, endangered)
    return impaired, endangered


@kernel
def _impair(scratch: Scratch, ci: int, parent: int, steps: int, count: int) -> int:
    """Note that a CI that is not pinned is degraded, once."""
    if scratch.seen[ci] & (DEGRADED | PINNED):
        return count
    scratch.seen[ci] |= DEGRADED
    scratch.queue[count], scratch.soft[count], scratch.soft_rounds[count] = ci, parent, steps
    return count + 1


@kernel
def _endanger(scratch: Scratch, ci: int, parent: int, steps: int, count: int) -> int:
    """Note that a CI that is not pinned is at risk, once."""
    if scratch.seen[ci] & (ENDANGERED | PINNED):
        return count
    scratch.seen[ci] |= ENDANGERED
    scratch.endangered[count], scratch.rounds[count], scratch.endangered_rounds[count] = ci, parent, steps
    return count + 1


@kernel
def _restore(wiring: Wiring, scratch: Scratch, cis: Ints) -> None:
    """The scratch as it was found."""
    for ci in cis:
        scratch.seen[ci] = 0
        for at in range(wiring.row[ci, 0], wiring.row[ci, 3]):
            if wiring.counter[at] != NONE:
                scratch.live[wiring.counter[at]] = wiring.spare[wiring.counter[at]]
