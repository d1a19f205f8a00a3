"""Some CIs with the dependencies between them, numbered anew."""

import numpy as np

from impact.arrays import Ints
from impact.kernels.compiling import indices, kernel
from impact.kernels.scratch import Scratch
from impact.kernels.wiring import Wiring
from impact.strength import Strength

NONE = int(Strength.NONE)


@kernel
def subgraph(wiring: Wiring, scratch: Scratch, cis: Ints) -> tuple[Ints, Ints]:
    """The arcs from each of some CIs to its providers, all of which must be among them, as `start, head`.

    Vertex `v` is `cis[v]`; it has arcs to `head[start[v]:start[v + 1]]`, ascending and distinct, itself
    excluded. Relationships of strength NONE are none. Linear in the entries of the CIs, but for sorting
    those of each.
    """
    owned, first, place = indices(wiring.owned), indices(wiring.first), scratch.place
    entries = 0
    for vertex, ci in enumerate(cis):
        place[ci] = vertex
        entries += first[owned[ci, 1]] - first[owned[ci, 0]]
    start, head = np.zeros(len(cis) + 1, np.int32), np.empty(entries, np.int32)
    count = 0
    for vertex, ci in enumerate(cis):
        for group in range(owned[ci, 0], owned[ci, 1]):
            if wiring.strength[group] != NONE:
                for at in range(first[group], first[group + 1]):
                    head[count] = place[wiring.member[at]]
                    count += 1
        count = _distinct(head, start[vertex], count, vertex)
        start[vertex + 1] = count
    return start, head[:count]


@kernel
def _distinct(head: Ints, begin: int, end: int, vertex: int) -> int:
    """Sort a stretch, keep each value but `vertex` once, and tell where it ends now."""
    head[begin:end].sort()
    kept = begin
    for at in range(begin, end):
        if head[at] != vertex and (kept == begin or head[at] != head[kept - 1]):
            head[kept] = head[at]
            kept += 1
    return kept
