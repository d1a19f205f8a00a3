"""From groups to the rows that say what each CI is a member of."""

import numpy as np

from impact.arrays import Bytes, Flags, Ints, Longs
from impact.kernels.compiling import kernel
from impact.strength import Strength

NONE, HARD = int(Strength.NONE), int(Strength.HARD)
ALONE, SINGLY, OTHERWISE = 0, 1, 2
"""The ranges of a row: groups that need not be counted, hard ones in which the CI weighs 1, all others."""
UNCOUNTED = -1


@kernel
def totals(first: Ints, weight: Ints) -> Longs:
    """What the members of each group weigh together."""
    total = np.zeros(len(first) - 1, dtype=np.int64)
    for group in range(len(first) - 1):
        for entry in range(first[group], first[group + 1]):
            total[group] += weight[entry]
    return total


@kernel
def counters(spare: Ints, strength: Bytes, timed: Flags) -> Ints:
    """The groups whose losses must be counted: all but those that a single loss decides.

    Those that are `timed`, by a failover or a tolerance, have a counter too, so that they can be found.
    """
    counted = np.empty(len(spare), dtype=np.int32)
    count = 0
    for group in range(len(spare)):
        if strength[group] != NONE and (strength[group] != HARD or spare[group] > 0 or timed[group]):
            counted[count] = group
            count += 1
    return counted[:count].copy()


@kernel
def _range(counter: int, strength: int, weight: int, timed: bool) -> int:
    if counter == UNCOUNTED:
        return ALONE
    return SINGLY if strength == HARD and weight == 1 and not timed else OTHERWISE


@kernel
def memberships(
    owner: Ints,
    first: Ints,
    strength: Bytes,
    failover: Ints,
    member: Ints,
    weight: Ints,
    tolerates: Ints,
    counted: Ints,
    cis: int,
) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """`row`, `dependent`, `counter`, `carried` and `tolerated` of a Wiring, by counting sort."""
    counter_of = np.full(len(owner), UNCOUNTED, dtype=np.int32)
    for index in range(len(counted)):
        counter_of[counted[index]] = index
    part_of = np.empty(len(member), dtype=np.int8)
    size = np.zeros((cis, 3), dtype=np.int32)
    for group in range(len(owner)):
        for entry in range(first[group], first[group + 1]):
            if weight[entry] and strength[group] != NONE:
                timed = failover[group] > 0 or tolerates[entry] > 0
                part_of[entry] = _range(counter_of[group], strength[group], weight[entry], timed)
                size[member[entry], part_of[entry]] += 1
    row = np.empty((cis, 4), dtype=np.int32)
    following = np.empty((cis, 3), dtype=np.int32)
    at = 0
    for ci in range(cis):
        for part in range(3):
            row[ci, part] = following[ci, part] = at
            at += size[ci, part]
        row[ci, 3] = at
    dependent = np.empty(at, dtype=np.int32)
    counter = np.empty(at, dtype=np.int32)
    carried = np.empty(at, dtype=np.int32)
    tolerated = np.empty(at, dtype=np.int32)
    for group in range(len(owner)):
        for entry in range(first[group], first[group + 1]):
            if weight[entry] and strength[group] != NONE:
                at = following[member[entry], part_of[entry]]
                following[member[entry], part_of[entry]] += 1
                dependent[at], counter[at] = owner[group], counter_of[group]
                carried[at], tolerated[at] = weight[entry], tolerates[entry]
    return row, dependent, counter, carried, tolerated


@kernel
def rewired(cis: Ints, replaced: Flags, row: Ints, dependent: Ints, new_row: Ints) -> tuple[Ints, Ints]:
    """The rows of some CIs without the groups of `replaced` owners, and with new ones.

    Returns bounds by position in `cis`, counted from the first entry returned; and the entries: what is at
    `k` of the old ones as `k`, what is at `k` of the new ones as `-1 - k`.
    """
    size = 0
    for ci in cis:
        size += new_row[ci, 3] - new_row[ci, 0]
        if ci < len(row):
            size += row[ci, 3] - row[ci, 0]
    bounds = np.empty((len(cis), 4), dtype=np.int32)
    entries = np.empty(size, dtype=np.int32)
    at = 0
    for index in range(len(cis)):
        ci = cis[index]
        for part in range(3):
            bounds[index, part] = at
            if ci < len(row):
                for old in range(row[ci, part], row[ci, part + 1]):
                    entries[at] = old
                    at += not replaced[dependent[old]]
            for new in range(new_row[ci, part], new_row[ci, part + 1]):
                entries[at] = -1 - new
                at += 1
        bounds[index, 3] = at
    return bounds, entries[:at].copy()
