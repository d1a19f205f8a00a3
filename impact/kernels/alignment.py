"""Lists of CIs with their rounds, as found, put side by side in the order of the CIs."""

import numpy as np

from impact.arrays import Ints
from impact.kernels.compiling import kernel
from impact.kernels.scratch import Scratch

NEVER = -1
SCANNED = 64
"""What one CI more costs to sort, in CIs that a scan only passes."""


@kernel
def aligned(
    scratch: Scratch,
    down: Ints,
    down_rounds: Ints,
    impaired: Ints,
    impaired_rounds: Ints,
    endangered: Ints,
    endangered_rounds: Ints,
) -> tuple[Ints, Ints, Ints, Ints]:
    """All CIs of three lists, ascending, and the rounds in which each list has them, or NEVER.

    Costs as many steps as the lists are long, and sorting where they are short beside the graph.
    """
    seen, queue, place = scratch.seen, scratch.queue, scratch.place
    count = 0
    for cis in (down, impaired, endangered):
        for ci in cis:
            queue[count] = ci
            count += 1 - seen[ci]
            seen[ci] = 1
    cis = _ascending(scratch, count)
    for index, ci in enumerate(cis):
        place[ci] = index
        seen[ci] = 0
    return (
        cis,
        _column(place, count, down, down_rounds),
        _column(place, count, impaired, impaired_rounds),
        _column(place, count, endangered, endangered_rounds),
    )


@kernel
def _ascending(scratch: Scratch, count: int) -> Ints:
    """The CIs at the begin of the queue, which are those seen."""
    if count * SCANNED < len(scratch.seen):
        return np.sort(scratch.queue[:count])
    return np.flatnonzero(scratch.seen).astype(np.int32)


@kernel
def _column(place: Ints, count: int, cis: Ints, rounds: Ints) -> Ints:
    column = np.full(count, NEVER, np.int32)
    for index, ci in enumerate(cis):
        column[place[ci]] = rounds[index]
    return column
