"""What is degraded or at risk while everything that is away is away at once.

A member counts as away where its outage is longer than its dependent tolerates. A hard group is weakened
when the members that are away or degraded are more than it can spare, and one of them is degraded. So a CI
can be degraded beside being away, and is when it is back. Linear in the entries of what is away or degraded.
"""

from impact.arrays import Bytes, Ints
from impact.kernels.compiling import kernel
from impact.kernels.outages import ENDLESS, NONE, tolerance
from impact.kernels.scratch import Scratch
from impact.kernels.wiring import Wiring
from impact.strength import Strength

HARD, SOFT = int(Strength.HARD), int(Strength.SOFT)
PINNED, AWAY, DEGRADED, ENDANGERED = 1, 2, 4, 8


@kernel
def worst_moment(
    wiring: Wiring, scratch: Scratch, cis: Ints, seconds: Ints, degraded: Ints, pinned: Ints
) -> tuple[Ints, Ints]:
    """The CIs that are degraded, and those at risk, when distinct `cis` are away for some seconds.

    Both may be away, too; those at risk may be degraded. `degraded` are declared so; `pinned` stay up.
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
    impaired, endangered = _reduce(wiring, scratch, cis, seconds, degraded)
    head = 0
    while head < impaired:
        ci = scratch.queue[head]
        head += 1
        away = seconds[place[ci]] if seen[ci] & AWAY else 0
        for at in range(row[ci, 0], row[ci, 3]):
            lost = at < row[ci, 1]
            if not lost and wiring.strength[wiring.counted[counter[at]]] == HARD:
                if not _is_missed(wiring, at, ci, away):
                    live[counter[at]] -= carried[at]
                lost = live[counter[at]] < 0
            if lost:
                impaired = _mark(seen, scratch.queue, wiring.dependent[at], DEGRADED, impaired)
    found = scratch.queue[:impaired].copy(), scratch.endangered[:endangered].copy()
    for affected in (cis, found[0], found[1], pinned):
        _restore(wiring, scratch, affected)
    return found


@kernel
def _is_missed(wiring: Wiring, at: int, ci: int, seconds: int) -> bool:
    """Whether a CI that is away for some seconds counts as away in a group that counts."""
    if wiring.counter[at] == NONE or seconds == 0:
        return False
    return seconds == ENDLESS or seconds > tolerance(wiring, wiring.counted[wiring.counter[at]], ci)


@kernel
def _reduce(wiring: Wiring, scratch: Scratch, cis: Ints, seconds: Ints, degraded: Ints) -> tuple[int, int]:
    """Queue what is declared degraded and the owners of lost soft groups; note who is at risk."""
    impaired, endangered = 0, 0
    for ci in degraded:
        impaired = _mark(scratch.seen, scratch.queue, ci, DEGRADED, impaired)
    for index in range(len(cis)):
        for at in range(wiring.row[cis[index], 0], wiring.row[cis[index], 3]):
            if not _is_missed(wiring, at, cis[index], seconds[index]):
                continue
            owner, lost = wiring.dependent[at], scratch.live[wiring.counter[at]] < 0
            strength = wiring.strength[wiring.counted[wiring.counter[at]]]
            if lost and strength == SOFT:
                impaired = _mark(scratch.seen, scratch.queue, owner, DEGRADED, impaired)
            elif lost == (strength < SOFT):
                endangered = _mark(scratch.seen, scratch.endangered, owner, ENDANGERED, endangered)
    return impaired, endangered


@kernel
def _mark(seen: Bytes, found: Ints, ci: int, flag: int, count: int) -> int:
    """Note a CI that is not pinned, once."""
    if seen[ci] & (flag | PINNED):
        return count
    seen[ci] |= flag
    found[count] = ci
    return count + 1


@kernel
def _restore(wiring: Wiring, scratch: Scratch, cis: Ints) -> None:
    """The scratch as it was found."""
    for ci in cis:
        scratch.seen[ci] = 0
        for at in range(wiring.row[ci, 0], wiring.row[ci, 3]):
            if wiring.counter[at] != NONE:
                scratch.live[wiring.counter[at]] = wiring.spare[wiring.counter[at]]
