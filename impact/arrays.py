"""Array types of the projection, and the lists in one array that it is made of (CSR)."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Indices = npt.NDArray[np.uint32]
Longs = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]


def starts(keys: Ints, count: int) -> Ints:
    """Where the entries of each of `count` keys begin in a list sorted by key; `count + 1` long."""
    return np.concatenate(([0], np.cumsum(np.bincount(keys, minlength=count)))).astype(np.int32)


def positions(start: Ints, of: Ints) -> Longs:
    """The positions of all entries of the lists `of`, list by list.

    Those of list `i` are `start[i]` up to `start[i + 1]`.
    """
    lengths = (start[of + 1] - start[of]).astype(np.int64)
    ends = np.cumsum(lengths)
    return np.repeat(start[of] - (ends - lengths), lengths) + np.arange(lengths.sum())


def lookup(keys: Ints, values: Iterable[int]) -> Ints:
    """Where each value stands in ascending keys; -1 for those that are not there."""
    asked = np.array(list(values), dtype=np.int64)
    if not len(keys):
        return np.full(len(asked), -1, dtype=np.int32)
    index = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
    return np.where(keys[index] == asked, index, -1).astype(np.int32)
