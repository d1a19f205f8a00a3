"""Who could be hit through each of several CIs, and which incidents did: up to 64 searches run as one.

The search is that of `dependents`: a bit for each search that has found a CI (Then et al., 2014). An incident
that hit several CIs carries the bits of all, so that each search counts it once.
"""

import numpy as np
import numpy.typing as npt

from impact.arrays import Ints
from impact.kernels.compiling import indices, kernel
from impact.kernels.dependents import Bits, find_dependents
from impact.kernels.scratch import Scratch
from impact.kernels.wiring import Wiring

Floats = npt.NDArray[np.float64]

NOWHERE = -1
ONE = np.uint64(1)


@kernel
def exposure(
    wiring: Wiring,
    scratch: Scratch,
    found: Bits,
    waiting: Bits,
    hit_by: Bits,
    cis: Ints,
    stratum: Ints,
    weight: Floats,
    strata: int,
    first: Ints,
    incident: Ints,
) -> tuple[Floats, Ints, Ints, Ints]:
    """For each of at most 64 distinct CIs, of itself and all that depend on it at any distance:

    their weight by stratum (k by `strata`), how many there are, how many of them were hit, and how many
    incidents hit any of them. CI `i` is of `stratum[i]` (-1: of none) and was hit by the incidents
    `incident[first[i]:first[i + 1]]`. `found`, `waiting` (one a CI) and `hit_by` (one an incident) are zeros,
    and left so.
    """
    count = find_dependents(wiring, scratch, found, waiting, cis)
    inside = np.zeros((len(cis), strata))
    exposed, hit, incidents = (
        np.zeros(len(cis), np.int32),
        np.zeros(len(cis), np.int32),
        np.zeros(len(cis), np.int32),
    )
    for ci in indices(scratch.rounds[:count]):
        bits, of, hits = found[ci], stratum[ci], first[ci + 1] - first[ci]
        found[ci] = 0
        for at in range(first[ci], first[ci + 1]):
            hit_by[incident[at]] |= bits
        search = 0
        while bits:
            if bits & ONE:
                exposed[search] += 1
                hit[search] += hits > 0
                if of != NOWHERE:
                    inside[search, of] += weight[ci]
            bits >>= ONE
            search += 1
    for at in range(len(hit_by)):
        bits, search = hit_by[at], 0
        hit_by[at] = 0
        while bits:
            incidents[search] += np.int32(bits & ONE)
            bits >>= ONE
            search += 1
    return inside, exposed, hit, incidents
