"""Where CIs stand: the nearest of some places along relationships of some types.

Breadth-first search from the CIs to all that may place them, then back from the places found (a Voronoi
partition of a graph; Erwig, 2000). Linear in the relationships of what the first search finds.
"""

import numpy as np

from impact.arrays import Flags, Ints
from impact.kernels.compiling import indices, kernel
from impact.kernels.scratch import Scratch
from impact.kernels.wiring import Wiring

NOWHERE, SEVERAL = -1, -2
"""In place of a site: no way leads to one; several are equally near."""


@kernel
def sites_of(
    wiring: Wiring, scratch: Scratch, told: Ints, places: Flags, profile: Ints, is_site: Flags, among: Ints
) -> tuple[Ints, Ints]:
    """The nearest site of each of some distinct CIs, and the sites, as indices of CIs.

    The former are indices into the latter, or NOWHERE, or SEVERAL. `told` and `places` say of which terms
    each entry is, and which terms place their dependent; `profile` and `is_site` which CIs are sites. A site
    stands in itself.
    """
    found = _searched(wiring, scratch, told, places, profile, is_site, among)
    start, dependent = _turned(wiring, scratch, told, places, profile, is_site, found)
    for ci in found:
        scratch.seen[ci] = 0
    site, distance = np.full(len(found), NOWHERE, np.int32), np.full(len(found), -1, np.int32)
    sites, queue, tail = np.empty(len(found), np.int32), np.empty(len(found), np.int32), 0
    for at in range(len(found)):
        if is_site[profile[found[at]]]:
            site[at], distance[at], sites[tail], queue[tail] = tail, 0, found[at], at
            tail += 1
    count = tail
    head = 0
    while head < tail:
        at = queue[head]
        head += 1
        for edge in range(start[at], start[at + 1]):
            other = dependent[edge]
            if distance[other] < 0:
                site[other], distance[other], queue[tail] = site[at], distance[at] + 1, other
                tail += 1
            elif distance[other] > distance[at] and site[other] != site[at]:
                site[other] = SEVERAL
    return site[: len(among)], sites[:count].copy()


@kernel
def _searched(
    wiring: Wiring, scratch: Scratch, told: Ints, places: Flags, profile: Ints, is_site: Flags, among: Ints
) -> Ints:
    """All that may place some CIs, these first; it leaves them `seen`, their places in `place`.

    In `rounds` it leaves how many relationships lead to each.
    """
    owned, first, member = indices(wiring.owned), indices(wiring.first), indices(wiring.member)
    seen, queue, place, count = scratch.seen, scratch.queue, scratch.place, scratch.rounds
    tail = 0
    for ci in among:
        seen[ci], queue[tail], place[ci], count[tail] = 1, ci, tail, 0
        tail += 1
    head = 0
    while head < tail:
        ci = np.uint32(queue[head])
        head += 1
        if is_site[profile[ci]]:
            continue
        for at in range(first[owned[ci, 0]], first[owned[ci, 1]]):
            if places[told[at]]:
                other = member[at]
                if not seen[other]:
                    seen[other], queue[tail], place[other], count[tail] = 1, other, tail, 0
                    tail += 1
                count[place[other]] += 1
    return queue[:tail].copy()


@kernel
def _turned(
    wiring: Wiring, scratch: Scratch, told: Ints, places: Flags, profile: Ints, is_site: Flags, found: Ints
) -> tuple[Ints, Ints]:
    """Where the dependents of each CI found begin, and the dependents; both by place among those found."""
    owned, first, member = indices(wiring.owned), indices(wiring.first), indices(wiring.member)
    start = np.zeros(len(found) + 1, np.int32)
    for at in range(len(found)):
        start[at + 1] = start[at] + scratch.rounds[at]
    dependent, to = np.empty(start[-1], np.int32), start[:-1].copy()
    for index in range(len(found)):
        ci = np.uint32(found[index])
        if is_site[profile[ci]]:
            continue
        for at in range(first[owned[ci, 0]], first[owned[ci, 1]]):
            if places[told[at]]:
                other = scratch.place[member[at]]
                dependent[to[other]] = index
                to[other] += 1
    return start, dependent
