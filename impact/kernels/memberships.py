"""From groups to the rows that say what each CI is a member of."""

import numpy as np

from impact.arrays import Bytes, Flags, Ints, Longs
from impact.kernels.compiling import kernel
from impact.strength import Strength

NONE, HARD = int(Strength.NONE), int(Strength.HARD)
ALONE, SINGLY, OTHERWISE = 0, 1, 2
"""The ranges of a row: groups lost with the CI alone, hard ones in which it weighs 1, all others."""


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
def _range(strength: int, weight: int, spare: int) -> int:
    if strength == HARD and weight > spare:
        return ALONE
    return SINGLY if strength == HARD and weight == 1 else OTHERWISE


@kernel
def memberships(
    owner: Ints,
    first: Ints,
    strength: Bytes,
    spare: Ints,
    member: Ints,
    weight: Ints,
    counted: Ints,
    cis: int,
) -> tuple[Ints, Ints, Ints, Ints]:
    """`row`, `dependent`, `counter` and `carried` of a Wiring, by counting sort."""
    counter_of = np.full(len(owner), -1, dtype=np.int32)
    for index in range(len(counted)):
        counter_of[counted[index]] = index
    size = np.zeros((cis, 3), dtype=np.int32)
    for group in range(len(owner)):
        for entry in range(first[group], first[group + 1]):
            if weight[entry] and strength[group] != NONE:
                size[member[entry], _range(strength[group], weight[entry], spare[group])] += 1
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
    for group in range(len(owner)):
        for entry in range(first[group], first[group + 1]):
            if weight[entry] and strength[group] != NONE:
                part = _range(strength[group], weight[entry], spare[group])
                at = following[member[entry], part]
                following[member[entry], part] += 1
                dependent[at] = owner[group]
                counter[at] = counter_of[group]
                carried[at] = weight[entry]
    return row, dependent, counter, carried


@kernel
def rewired(
    cis: Ints,
    replaced: Flags,
    row: Ints,
    dependent: Ints,
    counter: Ints,
    carried: Ints,
    new_row: Ints,
    new_dependent: Ints,
    new_counter: Ints,
    new_carried: Ints,
) -> tuple[Ints, Ints, Ints, Ints]:
    """The rows of some CIs without the groups of `replaced` owners, and with new ones.

    The bounds returned are by position in `cis`, and count from the first entry returned.
    """
    size = 0
    for ci in cis:
        size += new_row[ci, 3] - new_row[ci, 0]
        if ci < len(row):
            size += row[ci, 3] - row[ci, 0]
    bounds = np.empty((len(cis), 4), dtype=np.int32)
    dependents = np.empty(size, dtype=np.int32)
    counters_ = np.empty(size, dtype=np.int32)
    weights = np.empty(size, dtype=np.int32)
    at = 0
    for index in range(len(cis)):
        ci = cis[index]
        for part in range(3):
            bounds[index, part] = at
            if ci < len(row):
                for old in range(row[ci, part], row[ci, part + 1]):
                    if not replaced[dependent[old]]:
                        dependents[at], counters_[at], weights[at] = (
                            dependent[old],
                            counter[old],
                            carried[old],
                        )
                        at += 1
            for new in range(new_row[ci, part], new_row[ci, part + 1]):
                dependents[at], counters_[at], weights[at] = (
                    new_dependent[new],
                    new_counter[new],
                    new_carried[new],
                )
                at += 1
        bounds[index, 3] = at
    return bounds, dependents[:at].copy(), counters_[:at].copy(), weights[:at].copy()
