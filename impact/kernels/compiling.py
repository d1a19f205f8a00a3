"""How kernels are compiled: once, kept on disk, and running beside other threads."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numpy as np
from numba import njit

from impact.arrays import Indices, Ints

P = ParamSpec("P")
R = TypeVar("R")


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function on arrays when it is first called, and keep the result for later processes."""
    return cast(Callable[P, R], njit(cache=True, nogil=True, error_model="numpy")(function))


@kernel
def indices(array: Ints) -> Indices:
    """The same memory without a sign: spares each access the question whether the index is negative."""
    return array.view(np.uint32)


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """Put a small function of numbers in the place of its calls.

    Not for functions of arrays: references to these are counted wherever they are passed, inlined or not.
    """
    return cast(Callable[P, R], njit(inline="always", nogil=True, error_model="numpy")(function))
