"""Counting sort: stable, and linear in what it sorts."""

import numpy as np

from impact.arrays import Ints
from impact.kernels.compiling import kernel


@kernel
def starts(keys: Ints, count: int) -> Ints:
    """Where the entries of each of `count` keys begin in a list sorted by key; `count + 1` long."""
    start = np.zeros(count + 1, dtype=np.int32)
    for key in keys:
        start[key + 1] += 1
    for key in range(count):
        start[key + 1] += start[key]
    return start


@kernel
def stable_order(keys: Ints, order: Ints, count: int) -> Ints:
    """`order` rearranged so that `keys[order]` ascends; keys are from 0 up to `count`."""
    start = starts(keys, count)
    arranged = np.empty_like(order)
    for index in order:
        arranged[start[keys[index]]] = index
        start[keys[index]] += 1
    return arranged
