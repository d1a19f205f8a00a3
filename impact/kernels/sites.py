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
    found, dependent, provider = _searched(wiring, scratch, told, places, profile, is_site, among)
    start, dependent = _turned(len(found), dependent, provider)
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
) -> tuple[Ints, Ints, Ints]:
    """All that may place some CIs, these first, left `seen`; and the relationships that do.

    These are from dependents to providers, both by their places among the CIs found.
    """
    owned, first, member = indices(wiring.owned), indices(wiring.first), indices(wiring.member)
    seen, queue, place = scratch.seen, scratch.queue, scratch.place
    dependent, provider = np.empty(len(member), np.int32), np.empty(len(member), np.int32)
    head = tail = edges = 0
    for ci in among:
        seen[ci], queue[tail], place[ci] = 1, ci, tail
        tail += 1
    while head < tail:
        ci = np.uint32(queue[head])
        if not is_site[profile[ci]]:
            for at in range(first[owned[ci, 0]], first[owned[ci, 1]]):
                if places[told[at]]:
                    other = member[at]
                    if not seen[other]:
                        seen[other], queue[tail], place[other] = 1, other, tail
                        tail += 1
                    dependent[edges], provider[edges] = head, place[other]
                    edges += 1
        head += 1
    return queue[:tail].copy(), dependent[:edges], provider[:edges]


@kernel
def _turned(count: int, dependent: Ints, provider: Ints) -> tuple[Ints, Ints]:
    """Where the dependents of each of `count` providers begin, and the dependents; by counting sort."""
    start = np.zeros(count + 2, np.int32)
    for at in provider:
        start[at + 2] += 1
    for at in range(count):
        start[at + 2] += start[at + 1]
    turned = np.empty_like(dependent)
    for edge in range(len(provider)):
        to = start[provider[edge] + 1]
        turned[to] = dependent[edge]
        start[provider[edge] + 1] = to + 1
    return start[: count + 1], turned
