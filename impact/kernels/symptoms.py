"""What many possible causes predict of the CIs that are watched: one failure after the other, tallied.

Each row of `sets` fails by itself, and what it really takes down or degrades is compared with what was
seen. Costs the relationships of what falls with each.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from impact.arrays import Bytes, Ints, Longs
from impact.kernels.compiling import kernel
from impact.kernels.propagation import propagate
from impact.kernels.scratch import Scratch
from impact.kernels.wiring import Wiring

Seconds = npt.NDArray[np.float64]

UNKNOWN, ALARM, HEALTHY = 0, 1, 2
COLUMNS = 6
DEGRADED_OFFSET = 3


class Watched(NamedTuple):
    """What is known of each of n CIs."""

    said: Bytes
    """UNKNOWN, ALARM or HEALTHY."""
    onset: Seconds
    """When its alarm began; not a number where that is not known."""
    label: Longs
    """A random number for each CI that is not UNKNOWN, zero for the others."""


@kernel
def tally(
    wiring: Wiring, scratch: Scratch, watched: Watched, tolerance: float, sets: Ints
) -> tuple[Ints, Ints, Longs]:
    """What each row of `sets` (k by m, CIs that fail; a CI may stand twice) predicts.

    Returns k by 6 counts: CIs down that are UNKNOWN, ALARM, HEALTHY, then those degraded; how many of the
    alarms among them began more than `tolerance` seconds before any CI of the row did; and a number that
    is the same where the same watched CIs have the same states.
    """
    none = np.empty(0, np.int32)
    counts, early = np.zeros((len(sets), COLUMNS), np.int32), np.zeros(len(sets), np.int32)
    print_ = np.zeros(len(sets), np.int64)
    for row in range(len(sets)):
        down, _, impaired, _, _, _ = propagate(wiring, scratch, sets[row], none, none)
        begin = watched.onset[sets[row]].min() - tolerance
        for ci in down:
            said = watched.said[ci]
            counts[row, said] += 1
            print_[row] += watched.label[ci]
            early[row] += said == ALARM and watched.onset[ci] < begin
        if len(impaired) == len(down):
            continue
        for ci in impaired:
            scratch.seen[ci] = 1
        for ci in down:
            scratch.seen[ci] = 0
        for ci in impaired:
            if scratch.seen[ci]:
                scratch.seen[ci] = 0
                said = watched.said[ci]
                counts[row, DEGRADED_OFFSET + said] += 1
                print_[row] += 3 * watched.label[ci]
                early[row] += said == ALARM and watched.onset[ci] < begin
    return counts, early, print_
