"""The tree of a breadth-first search, and what is left of it when some CIs are left out.

`cis, level` are a result of `impact.kernels.reach`; CIs are told by their places in it. Of several parents
in the layer before, the one with the smallest number counts, so that no order of visit decides.
"""

import numpy as np

from impact.arrays import Flags, Ints
from impact.kernels.compiling import indices, kernel
from impact.kernels.scratch import Scratch
from impact.kernels.wiring import Wiring
from impact.strength import Strength

NONE = int(Strength.NONE)
NOBODY = -1


@kernel
def reached_from(wiring: Wiring, scratch: Scratch, no: Ints, cis: Ints, level: Ints) -> Ints:
    """The parent of each CI that `reached` found: a provider of it one step nearer. Linear like that."""
    row, dependent = indices(wiring.row), indices(wiring.dependent)
    parent = _rooted(scratch, cis)
    for layer in range(len(level) - 2):
        for at in range(level[layer], level[layer + 1]):
            ci = np.uint32(cis[at])
            for entry in range(row[ci, 0], row[ci, 3]):
                _adopt(parent, no, cis, level[layer + 1], scratch.place[dependent[entry]], at)
    return parent


@kernel
def required_by(wiring: Wiring, scratch: Scratch, no: Ints, cis: Ints, level: Ints) -> Ints:
    """The parent of each CI that `required` found: a dependent of it one step nearer. Linear like that."""
    owned, first, member = indices(wiring.owned), indices(wiring.first), indices(wiring.member)
    parent = _rooted(scratch, cis)
    for layer in range(len(level) - 2):
        for at in range(level[layer], level[layer + 1]):
            ci = np.uint32(cis[at])
            for group in range(owned[ci, 0], owned[ci, 1]):
                if wiring.strength[group] != NONE:
                    for entry in range(first[group], first[group + 1]):
                        _adopt(parent, no, cis, level[layer + 1], scratch.place[member[entry]], at)
    return parent


@kernel
def anchored(parent: Ints, shown: Flags) -> tuple[Ints, Ints]:
    """The nearest ancestor of each that is shown, -1 for none; and how many are left out on the way."""
    anchor, skipped = parent.copy(), np.zeros_like(parent)
    for at in range(len(parent)):
        up = parent[at]
        if up != NOBODY and not shown[up]:
            anchor[at], skipped[at] = anchor[up], skipped[up] + 1
    return anchor, skipped


@kernel
def _rooted(scratch: Scratch, cis: Ints) -> Ints:
    """Nobody has a parent yet, and the scratch knows the place of each."""
    for at, ci in enumerate(cis):
        scratch.place[ci] = at
    return np.full(len(cis), NOBODY, np.int32)


@kernel
def _adopt(parent: Ints, no: Ints, cis: Ints, following: int, child: int, at: int) -> None:
    """Make `at` the parent of a child in the following layer if no other has a smaller number."""
    if child >= following and (parent[child] == NOBODY or no[cis[at]] < no[cis[parent[child]]]):
        parent[child] = at
