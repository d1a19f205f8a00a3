"""What is degraded or at risk while everything that is away is away at once.

A member counts as away where its outage is longer than its dependent tolerates. A hard group is weakened
when the members that are away or degraded are more than it can spare, and one of them is degraded. So a CI
can be degraded beside being away, and is when it is back. Linear in the entries of what is away or degraded.
"""

import numpy as np

from impact.arrays import Ints
from impact.kernels.compiling import indices, inlined, kernel
from impact.kernels.outage import ENDLESS, NONE
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
    `steps` are those of `cis`. The degraded may be away, too; those at risk are not, but may be degraded.
    `degraded` are declared so; `pinned` stay up.
    """
    for ci in pinned:
        scratch.seen[ci] = PINNED
    _count(wiring, scratch, cis, seconds)
    roots = 0
    for ci in degraded:
        roots = _impair(scratch, ci, NONE, 0, roots)
    impaired, endangered = _reduce(wiring, scratch, cis, seconds, steps, roots)
    if impaired:
        impaired = _spread(wiring, scratch, seconds, impaired)
    found = (
        _rows(scratch.queue, scratch.soft, scratch.soft_rounds, impaired),
        _rows(scratch.endangered, scratch.rounds, scratch.endangered_rounds, endangered),
    )
    _restore(wiring, scratch, cis)
    _restore(wiring, scratch, scratch.queue[:impaired])
    for ci in scratch.endangered[:endangered]:
        scratch.seen[ci] = 0
    for ci in pinned:
        scratch.seen[ci] = 0
    return found


@inlined
def _is_missed(seconds: int, tolerated: int) -> bool:
    return seconds == ENDLESS or seconds > tolerated


@kernel
def _count(wiring: Wiring, scratch: Scratch, cis: Ints, seconds: Ints) -> None:
    """Take from what the groups can spare what they miss."""
    row, counter, carried, tolerated = (
        indices(wiring.row),
        indices(wiring.counter),
        wiring.carried,
        wiring.tolerated,
    )
    live, seen, place = scratch.live, scratch.seen, scratch.place
    for index in range(len(cis)):
        ci = cis[index]
        place[ci] = index
        seen[ci] |= AWAY
        for at in range(row[ci, 1], row[ci, 3]):
            if _is_missed(seconds[index], tolerated[at]):
                live[counter[at]] -= carried[at]


@kernel
def _reduce(
    wiring: Wiring, scratch: Scratch, cis: Ints, seconds: Ints, steps: Ints, impaired: int
) -> tuple[int, int]:
    """Queue the owners of lost soft groups, behind others that are degraded; note who is at risk."""
    row, counter, dependent = indices(wiring.row), indices(wiring.counter), indices(wiring.dependent)
    live, seen, tolerated = scratch.live, scratch.seen, wiring.tolerated
    endangered = 0
    for index in range(len(cis)):
        ci, further = cis[index], steps[index] + 1
        for at in range(row[ci, 1], row[ci, 3]):
            if not _is_missed(seconds[index], tolerated[at]):
                continue
            lost, strength = live[counter[at]] < 0, HARD
            if at >= row[ci, 2]:
                strength = wiring.strength[wiring.counted[counter[at]]]
            if lost and strength == SOFT:
                impaired = _impair(scratch, dependent[at], ci, further, impaired)
            elif lost == (strength < SOFT) and not seen[dependent[at]] & (AWAY | ENDANGERED | PINNED):
                endangered = _endanger(scratch, dependent[at], ci, further, endangered)
    return impaired, endangered


@kernel
def _spread(wiring: Wiring, scratch: Scratch, seconds: Ints, impaired: int) -> int:
    """Queue the owners of hard groups that are weakened."""
    row, counter, dependent = indices(wiring.row), indices(wiring.counter), indices(wiring.dependent)
    live, seen, carried, tolerated = scratch.live, scratch.seen, wiring.carried, wiring.tolerated
    queue, parents, steps = scratch.queue, scratch.soft, scratch.soft_rounds
    head = 0
    while head < impaired:
        ci, further = queue[head], steps[head] + 1
        away = seconds[scratch.place[ci]] if seen[ci] & AWAY else 0
        for at in range(row[ci, 0], row[ci, 3]):
            if at >= row[ci, 1]:
                if at >= row[ci, 2] and wiring.strength[wiring.counted[counter[at]]] != HARD:
                    continue
                if not _is_missed(away, tolerated[at]):
                    live[counter[at]] -= carried[at]
                if live[counter[at]] >= 0:
                    continue
            owner = dependent[at]
            queue[impaired], parents[impaired], steps[impaired] = owner, ci, further
            impaired += not seen[owner] & (DEGRADED | PINNED)
            seen[owner] |= DEGRADED
        head += 1
    return impaired


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
    """Note that a CI is at risk."""
    scratch.seen[ci] |= ENDANGERED
    scratch.endangered[count], scratch.rounds[count], scratch.endangered_rounds[count] = ci, parent, steps
    return count + 1


@kernel
def _rows(cis: Ints, parents: Ints, steps: Ints, count: int) -> Ints:
    rows = np.empty((count, 3), np.int32)
    for at in range(count):
        rows[at, 0], rows[at, 1], rows[at, 2] = cis[at], parents[at], steps[at]
    return rows


@kernel
def _restore(wiring: Wiring, scratch: Scratch, cis: Ints) -> None:
    """The scratch as it was found."""
    row, counter, spare = indices(wiring.row), indices(wiring.counter), wiring.spare
    live, seen = scratch.live, scratch.seen
    for ci in cis:
        seen[ci] = 0
        for at in range(row[ci, 1], row[ci, 3]):
            live[counter[at]] = spare[counter[at]]
