"""Memory that kernels share between calls, so that a small answer on a huge graph is small work."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import numpy as np

from impact.arrays import Bytes, Ints


class Scratch(NamedTuple):
    """Arrays for one running kernel, which leaves `live` and `seen` as it found them."""

    live: Ints
    """A copy of `spare` of the wiring."""
    seen: Bytes
    """Zeros, one for each CI."""
    queue: Ints  # this and those below: any values, one for each CI and one more
    rounds: Ints
    soft: Ints
    soft_rounds: Ints
    endangered: Ints
    endangered_rounds: Ints
    place: Ints


class ScratchPool:
    """Scratch for the kernels on one wiring; safe to share between threads."""

    def __init__(self, cis: int, spare: Ints) -> None:
        self._cis = cis
        self._spare = spare
        self._idle: list[Scratch] = []

    @contextmanager
    def borrow(self) -> Iterator[Scratch]:
        """Lend scratch that nobody else uses; what a failing kernel leaves behind is thrown away."""
        try:
            scratch = self._idle.pop()
        except IndexError:
            scratch = self._made()
        yield scratch
        self._idle.append(scratch)

    def _made(self) -> Scratch:
        free = (np.empty(self._cis + 1, dtype=np.int32) for _ in Scratch._fields[2:])
        return Scratch(self._spare.copy(), np.zeros(self._cis, dtype=np.int8), *free)
