"""The part of the graph that some CIs need, copied out so that many failures can be tried on it.

The copy is numbered in the order of the search that finds it: the CIs asked about come first, and what is
used together lies together. It has hard groups only, for nothing else brings a CI down, and stands on top of
an outcome: what is down already is gone from the groups, and what is pinned never fails.
"""

from typing import NamedTuple

import numpy as np

from impact.arrays import Ints
from impact.kernels.compiling import indices, kernel
from impact.kernels.scratch import Scratch
from impact.kernels.wiring import Wiring
from impact.strength import Strength

HARD = int(Strength.HARD)
FOUND, GONE, PINNED = 1, 2, 4


class Part(NamedTuple):
    """p CIs in q groups with e entries; all numbers but `ci` are those of the part.

    Group `k` of `owner[k]` has the entries `first[k]` up to `first[k + 1]`, and is lost when more than
    `spare[k]` of their weight is down. CI `i` is a member of groups in two ranges of `entry` and `carried`:

    - `row[2 * i]` up to `row[2 * i + 1]`: those lost with it alone, told by their owners
    - `row[2 * i + 1]` up to `row[2 * i + 2]`: the others
    """

    ci: Ints  # p, the index in the whole graph
    owner: Ints  # q
    first: Ints  # q + 1
    spare: Ints  # q, 0 or more
    member: Ints  # e
    weight: Ints  # e
    row: Ints  # 2 p + 1
    entry: Ints  # e
    carried: Ints  # e, what the CI weighs in the group


@kernel
def part_of(wiring: Wiring, scratch: Scratch, targets: Ints, down: Ints, pinned: Ints) -> Part:
    """Copy out what the distinct `targets` need, themselves first and in their order.

    `down` are all CIs that are down already; no target is down or pinned. Costs the groups of the CIs found.
    """
    for ci in down:
        scratch.seen[ci] = GONE
    for ci in pinned:
        scratch.seen[ci] = PINNED
    for index, ci in enumerate(targets):
        scratch.seen[ci] = FOUND
        scratch.queue[index] = ci
        scratch.place[ci] = index
    cis, owner, first, spare, member, weight = _searched(wiring, scratch, len(targets))
    for cleared in (cis, down, pinned):
        for ci in cleared:
            scratch.seen[ci] = 0
    row, entry, carried = _turned(len(cis), owner, first, spare, member, weight)
    return Part(cis, owner, first, spare, member, weight, row, entry, carried)


@kernel
def _searched(wiring: Wiring, scratch: Scratch, tail: int) -> tuple[Ints, Ints, Ints, Ints, Ints, Ints]:
    """Breadth-first search from the first `tail` CIs of the queue: all found, their groups and entries."""
    owned, whole, provider = indices(wiring.owned), indices(wiring.first), indices(wiring.member)
    seen, queue, place = scratch.seen, scratch.queue, scratch.place
    groups, entries = len(wiring.owner), len(provider)
    owner, spare, first = (
        np.empty(groups, np.int32),
        np.empty(groups, np.int32),
        np.empty(groups + 1, np.int32),
    )
    member, weight = np.empty(entries, np.int32), np.empty(entries, np.int32)
    head = count = end = 0
    first[0] = 0
    while head < tail:
        ci = np.uint32(queue[head])
        for group in range(owned[ci, 0], owned[ci, 1]):
            if wiring.strength[group] != HARD:
                continue
            left = -wiring.need[group]
            for at in range(whole[group], whole[group + 1]):
                other, carried = provider[at], wiring.weight[at]
                state = seen[other]
                new = state == 0
                queue[tail] = other  # without a branch; kept if new
                index = tail if new else place[other]
                place[other] = index
                seen[other] = state | FOUND
                tail += new
                member[end], weight[end] = index, carried
                end += (state <= FOUND) & (carried > 0)
                left += 0 if state & GONE else carried
            owner[count], spare[count] = head, left
            count += 1
            first[count] = end
        head += 1
    cis = queue[:tail].copy()
    return (
        cis,
        owner[:count].copy(),
        first[: count + 1].copy(),
        spare[:count].copy(),
        member[:end].copy(),
        weight[:end].copy(),
    )


@kernel
def _turned(
    cis: int, owner: Ints, first: Ints, spare: Ints, member: Ints, weight: Ints
) -> tuple[Ints, Ints, Ints]:
    """The rows of a Part, by counting sort."""
    row = np.zeros(2 * cis + 2, np.int32)
    for group in range(len(owner)):
        for at in range(first[group], first[group + 1]):
            row[2 * member[at] + (weight[at] <= spare[group]) + 2] += 1
    for key in range(2 * cis + 1):
        row[key + 1] += row[key]
    entry, carried = np.empty_like(member), np.empty_like(member)
    for group in range(len(owner)):
        for at in range(first[group], first[group + 1]):
            counts = weight[at] <= spare[group]
            key = 2 * member[at] + counts + 1
            to = row[key]
            row[key] = to + 1
            entry[to] = group if counts else owner[group]
            carried[to] = weight[at]
    return row[: 2 * cis + 1], entry, carried
