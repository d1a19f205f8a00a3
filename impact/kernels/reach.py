"""Reach along the dependencies, whatever the redundancy: breadth-first search from several CIs at once.

Linear in the entries of what is found (Moore, 1959: The shortest path through a maze). A result is
`cis, level`: all CIs found, those asked about included, in order of distance; those at distance `d` are
`cis[level[d]:level[d + 1]]`. Relationships of strength NONE lead nowhere.
"""

import numpy as np

from impact.arrays import Ints
from impact.kernels.compiling import indices, kernel
from impact.kernels.scratch import Scratch
from impact.kernels.wiring import Wiring
from impact.strength import Strength

NONE = int(Strength.NONE)
ONE = np.uint32(1)


@kernel
def reached(wiring: Wiring, scratch: Scratch, starts: Ints) -> tuple[Ints, Ints]:
    """All CIs that depend on any of `starts`."""
    row, dependent = indices(wiring.row), indices(wiring.dependent)
    seen, found, level = scratch.seen, scratch.queue, scratch.rounds
    head, tail, steps = 0, _enter(scratch, starts), 0
    level[0] = 0
    while head < tail:
        steps += 1
        level[steps] = tail
        for ci in indices(found[head:tail]):
            for at in range(row[ci, 0], row[ci, 3]):
                owner = dependent[at]
                found[tail] = owner  # without a branch; kept if new
                tail += 1 - seen[owner]
                seen[owner] = 1
        head = level[steps]
    return _leave(scratch, tail, steps)


@kernel
def required(wiring: Wiring, scratch: Scratch, starts: Ints) -> tuple[Ints, Ints]:
    """All CIs that any of `starts` depends on."""
    owned, first, member = indices(wiring.owned), indices(wiring.first), indices(wiring.member)
    strength = wiring.strength
    seen, found, level = scratch.seen, scratch.queue, scratch.rounds
    head, tail, steps = 0, _enter(scratch, starts), 0
    level[0] = 0
    while head < tail:
        steps += 1
        level[steps] = tail
        for ci in indices(found[head:tail]):
            group, end = owned[ci, 0], owned[ci, 1]
            while group < end:
                begin = group  # a run of groups that count is one run of entries
                while group < end and strength[group] != NONE:
                    group += ONE
                for at in range(first[begin], first[group]):
                    provider = member[at]
                    found[tail] = provider
                    tail += 1 - seen[provider]
                    seen[provider] = 1
                group += ONE
        head = level[steps]
    return _leave(scratch, tail, steps)


@kernel
def _enter(scratch: Scratch, starts: Ints) -> int:
    """Put the distinct CIs into the queue."""
    tail = 0
    for ci in starts:
        scratch.queue[tail] = ci
        tail += 1 - scratch.seen[ci]
        scratch.seen[ci] = 1
    return tail


@kernel
def _leave(scratch: Scratch, tail: int, steps: int) -> tuple[Ints, Ints]:
    """The result, with the scratch as it was found."""
    for ci in indices(scratch.queue[:tail]):
        scratch.seen[ci] = 0
    return scratch.queue[:tail].copy(), scratch.rounds[: steps + 1].copy()
