"""Single points of failure: every CI of a part fails in turn, alone.

A try is a breadth-first search that counts down what each group can spare (Dowling and Gallier, 1984) and
ends when all services fell. A CI without which no group is lost takes no try.
"""

import numpy as np

from impact.arrays import Ints
from impact.kernels.compiling import indices, kernel
from impact.kernels.part import Part


@kernel
def single_points(
    part: Part, services: int, worth: Ints, room: int
) -> tuple[Ints, Ints, Ints, tuple[Ints, Ints]]:
    """What falls with each CI of the part alone, of the `services` that are its first CIs.

    Returns, by CI, how many other services are down when it is, and the sum of their `worth`; by service,
    how many CIs it falls with; and these pairs of CI and service, up to `room` of them. Costs the entries
    of what falls, CI by CI.
    """
    row, entry, owner = indices(part.row), indices(part.entry), indices(part.owner)
    live, cis = part.spare.copy(), len(part.ci)
    queue, seen = np.empty(cis + 1, np.uint32), np.full(cis, -1, np.int32)
    fallen, value, points = np.zeros(cis, np.int32), np.zeros(cis, np.int32), np.zeros(services, np.int32)
    pair, pairs = (np.empty(room, np.int32), np.empty(room, np.int32)), 0
    for ci in range(cis):
        if row[2 * ci] == row[2 * ci + 1]:
            continue
        queue[0], seen[ci] = ci, ci
        head, tail, count = 0, 1, 0
        while head < tail and count < services:
            down = np.intp(queue[head])
            head += 1
            for at in range(row[2 * down], row[2 * down + 1]):
                other = entry[at]
                if seen[other] != ci:
                    seen[other] = ci
                    queue[tail] = other
                    tail += 1
                    count += other < services
            for at in range(row[2 * down + 1], row[2 * down + 2]):
                group = entry[at]
                live[group] -= part.carried[at]
                if live[group] < 0 and seen[owner[group]] != ci:
                    seen[owner[group]] = ci
                    queue[tail] = owner[group]
                    tail += 1
                    count += owner[group] < services
        for down in queue[:head]:
            for at in range(row[2 * down + 1], row[2 * down + 2]):
                live[entry[at]] += part.carried[at]
        fallen[ci] = count
        for down in queue[1:tail]:
            if down < services:
                points[down] += 1
                value[ci] += worth[down]
                if pairs < room:
                    pair[0][pairs], pair[1][pairs] = ci, down
                    pairs += 1
    return fallen, value, points, pair
