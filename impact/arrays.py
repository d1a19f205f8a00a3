"""Types of the arrays that analyses are made of."""

from typing import TypeVar

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Indices = npt.NDArray[np.uint32]
Longs = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]

NOBODY: Ints = np.empty(0, dtype=np.int32)
"""No CIs."""

T = TypeVar("T", bound=np.signedinteger)


def value_of(ci: int, cis: Ints, values: npt.NDArray[T], otherwise: int) -> int:
    """The value of one CI, from those of ascending `cis`; `otherwise` for one that is not among them."""
    place = cis.searchsorted(ci)
    return int(values[place]) if place < len(cis) and cis[place] == ci else otherwise


def ranges(bounds: Ints) -> Ints:
    """All numbers from the first up to the last bound, row by row of an n by 2 array."""
    lengths = (bounds[:, 1] - bounds[:, 0]).astype(np.int64)
    ends = np.cumsum(lengths)
    return (np.repeat(bounds[:, 0] - (ends - lengths), lengths) + np.arange(lengths.sum())).astype(np.int32)
