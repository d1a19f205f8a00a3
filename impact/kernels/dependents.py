"""How many CIs depend on each of several others: up to 64 searches run as one.

Every CI carries a bit for each search that has found it, and for each that has yet to go on from there;
searches that meet go on together (Then et al., 2014: The more the merrier: efficient multi-source graph
traversal).
"""

import numpy as np
import numpy.typing as npt

from impact.arrays import Ints
from impact.kernels.compiling import indices, kernel
from impact.kernels.scratch import Scratch
from impact.kernels.wiring import Wiring

Bits = npt.NDArray[np.uint64]

TOGETHER = 64
ONE = np.uint64(1)


@kernel
def count_dependents(wiring: Wiring, scratch: Scratch, found: Bits, waiting: Bits, cis: Ints) -> Ints:
    """How many others depend on each of at most 64 distinct CIs, at any distance.

    `found` and `waiting` are zeros, one for each CI, and left so. Costs the entries of the CIs that depend
    on any of them, once for each time that searches come there apart.
    """
    count = find_dependents(wiring, scratch, found, waiting, cis)
    return _counted(found, scratch.rounds[:count], len(cis))


@kernel
def find_dependents(wiring: Wiring, scratch: Scratch, found: Bits, waiting: Bits, cis: Ints) -> int:
    """Give each of at most 64 CIs, and all that depends on it, its bit in `found`.

    Returns how many CIs have any; they are the first of `scratch.rounds`. `waiting` is left as zeros.
    """
    row, dependent = indices(wiring.row), indices(wiring.dependent)
    queue, touched = scratch.queue, scratch.rounds
    for bit, ci in enumerate(cis):
        found[ci] = waiting[ci] = ONE << np.uint64(bit)
        queue[bit] = touched[bit] = ci
    head, tail, count = 0, len(cis) % len(queue), len(cis)
    while head != tail:
        ci = np.uint32(queue[head])
        head = (head + 1) % len(queue)
        coming = waiting[ci]
        waiting[ci] = 0
        for at in range(row[ci, 0], row[ci, 3]):
            owner = dependent[at]
            new = coming & ~found[owner]
            if new == 0:
                continue
            if found[owner] == 0:
                touched[count] = owner
                count += 1
            if waiting[owner] == 0:
                queue[tail] = owner
                tail = (tail + 1) % len(queue)
            found[owner] |= new
            waiting[owner] |= new
    return count


@kernel
def _counted(found: Bits, touched: Ints, searches: int) -> Ints:
    """How many others each search has found; clears `found`."""
    counts = np.full(searches, -1, np.int32)
    for ci in indices(touched):
        for search in range(searches):
            counts[search] += np.int32(found[ci] >> np.uint64(search) & ONE)
        found[ci] = 0
    return counts
