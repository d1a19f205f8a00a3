"""Where failure stops on its way to a CI: a search from the CI over providers that it did not reach."""

import numpy as np

from impact.arrays import Ints
from impact.kernels.compiling import kernel
from impact.kernels.scratch import Scratch
from impact.kernels.wiring import Wiring
from impact.strength import Strength

NONE = int(Strength.NONE)
HURT, VISITED = 1, 2


@kernel
def barriers(
    wiring: Wiring, scratch: Scratch, no: Ints, hurt: Ints, rounds: Ints, ci: int
) -> tuple[Ints, Ints, Ints, Ints]:
    """The groups that have `hurt` members, of a CI and of all its providers that are reached without any.

    `rounds` are those in which the `hurt` were first down or degraded. Returns `found`, a row a group: place
    of its owner among those visited, group, member that was hurt first, steps from a cause over it to the
    CI. And of those visited, in order of distance: the CI, the place of its dependent, the group between.
    """
    seen, visited, place = scratch.seen, scratch.queue, scratch.place
    towards, through, depth = scratch.soft, scratch.soft_rounds, scratch.rounds
    for index in range(len(hurt)):
        seen[hurt[index]] = HURT
        place[hurt[index]] = rounds[index]
    visited[0], towards[0], through[0], depth[0] = ci, -1, -1, 0
    seen[ci] |= VISITED
    tail, head = 1, 0
    found = np.empty((64, 4), dtype=np.int32)
    count = 0
    while head < tail:
        at = visited[head]
        for group in range(wiring.owned[at, 0], wiring.owned[at, 1]):
            if wiring.strength[group] == NONE:
                continue
            nearest = -1
            for entry in range(wiring.first[group], wiring.first[group + 1]):
                member = wiring.member[entry]
                if seen[member] & HURT:
                    if nearest < 0 or (place[member], no[member]) < (place[nearest], no[nearest]):
                        nearest = member
                elif not seen[member]:
                    seen[member] = VISITED
                    visited[tail], towards[tail], through[tail] = member, head, group
                    depth[tail] = depth[head] + 1
                    tail += 1
            if nearest >= 0:
                if count == len(found):
                    found = np.concatenate((found, np.empty_like(found)))
                found[count, 0], found[count, 1], found[count, 2] = head, group, nearest
                found[count, 3] = place[nearest] + depth[head] + 1
                count += 1
        head += 1
    for index in range(tail):
        seen[visited[index]] = 0
    for member in hurt:
        seen[member] = 0
    return found[:count].copy(), visited[:tail].copy(), towards[:tail].copy(), through[:tail].copy()
