"""Types of the arrays that analyses are made of."""

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Indices = npt.NDArray[np.uint32]
Longs = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]


def ranges(bounds: Ints) -> Ints:
    """All numbers from the first up to the last bound, row by row of an n by 2 array."""
    lengths = (bounds[:, 1] - bounds[:, 0]).astype(np.int64)
    ends = np.cumsum(lengths)
    return (np.repeat(bounds[:, 0] - (ends - lengths), lengths) + np.arange(lengths.sum())).astype(np.int32)
