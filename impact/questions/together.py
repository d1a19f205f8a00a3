"""The search for minimal cut sets, within limits of time and number."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from impact.analysis.propagation import Outcome
from impact.arrays import Flags, Ints
from impact.kernels.cut_sets import SERVICE, extensions, shares_of, trial_on
from impact.kernels.part import part_of
from impact.kernels.single_points import single_points
from impact.projection import Projection

Limit = Literal["time", "number"]
LARGEST = 3


@dataclass(slots=True)
class Together:
    """Minimal cut sets as ascending CIs by index, and what ended the search early, if anything; by size."""

    cuts: dict[int, list[tuple[int, ...]]] = field(default_factory=dict)
    ended_by: dict[int, Limit | None] = field(default_factory=dict)


class _Over(Exception):
    """A limit is reached."""


def together(tree: "Tree", largest: int, most: int, is_over: Callable[[], bool]) -> Together:
    """The minimal sets of up to `largest` (at most 3) other CIs that take the service of a tree down.

    Smaller sets come first; the search ends early when it has found `most` and there is another, or when the
    time `is_over`.
    """
    found, left, ended = Together(), most, None
    for size in range(1, largest + 1):
        cuts = found.cuts[size] = []
        try:
            for cut in tree.cuts(size, is_over) if ended is None else ():
                if left == 0:
                    raise _Over("number")
                cuts.append(tuple(sorted(tree.part.ci[list(cut)].tolist())))
                left -= 1
        except _Over as over:
            ended = over.args[0]
        found.ended_by[size] = ended
    return found


class Tree:
    """Sets of failures on what a service needs, extended CI by CI; CIs are numbered as in the part.

    The service is up under the outcome that they come on top of, and not pinned.
    """

    def __init__(self, projection: Projection, service: int, outcome: Outcome, pinned: Ints) -> None:
        target = np.array([service], dtype=np.int32)
        with projection.scratch.borrow() as scratch:
            self.part = part_of(projection.wiring, scratch, target, outcome.failed, pinned)
        self._trial = trial_on(self.part)
        fallen, *_ = single_points(self.part, 1, np.ones(1, dtype=np.int32), 0)
        self._points = np.flatnonzero(fallen).tolist()
        self._others = fallen == 0
        self._others[SERVICE] = False
        self._shares = shares_of(self.part, self._trial, ~self._others)
        self._pairs: set[tuple[int, int]] = set()
        self._extensions((), 0)  # compiled before a clock starts

    def cuts(self, size: int, is_over: Callable[[], bool]) -> Iterator[tuple[int, ...]]:
        """The cut sets of a size, each once, after those of the sizes before."""
        match size:
            case 1:
                yield from ((ci,) for ci in self._points)
            case 2:
                yield from self._twos(is_over)
            case 3:
                yield from self._threes(is_over)

    def _twos(self, is_over: Callable[[], bool]) -> Iterator[tuple[int, int]]:
        for first, second, falls in self._couples(0, is_over):
            if falls:
                self._pairs.add((first, second))
                yield first, second

    def _threes(self, is_over: Callable[[], bool]) -> Iterator[tuple[int, ...]]:
        seen: set[tuple[int, ...]] = set()
        for first, second, falls in self._couples(1, is_over):
            if falls:
                continue
            cis, fatal = self._extensions((first, second), 0)
            for third in cis[fatal].tolist():
                ordered = a, b, c = tuple(sorted((first, second, third)))
                if ordered not in seen and not {(a, b), (a, c), (b, c)} & self._pairs:
                    seen.add(ordered)
                    yield ordered

    def _couples(self, more: int, is_over: Callable[[], bool]) -> Iterator[tuple[int, int, bool]]:
        """Two ascending CIs that can exceed a group with `more` others, and whether they are a cut."""
        for first in np.flatnonzero(self._others).tolist():
            cis, falls = self._extensions((first,), more)
            later = cis > first
            for second, fallen in zip(cis[later].tolist(), falls[later].tolist(), strict=True):
                _check(is_over)
                yield first, second, fallen
            _check(is_over)

    def _extensions(self, failures: tuple[int, ...], more: int) -> tuple[Ints, Flags]:
        failed = np.array(failures, dtype=np.int32)
        return extensions(self.part, self._trial, self._shares, failed, more)


def _check(is_over: Callable[[], bool]) -> None:
    if is_over():
        raise _Over("time")
