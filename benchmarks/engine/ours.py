"""This engine, by its kernels and by the functions that wrap them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.engine.questions import Answer, Measured, Question
from benchmarks.engine.timing import best_ms
from impact.analysis.propagation import Causes, propagate
from impact.arrays import Ints
from impact.kernels import propagation, reach
from impact.kernels.part import part_of
from impact.kernels.single_points import single_points
from impact.projection import Projection
from impact.questions.alone import alone
from impact.questions.layers import dependents, providers

NOBODY = np.array([], dtype=np.int32)


@dataclass(frozen=True)
class Kernels:
    """The compiled kernels, with scratch from the projection's pool."""

    projection: Projection
    name: str = "kernel"

    def measure(self, question: Question) -> Measured | None:
        """Answer and time a question."""
        cis = np.array(question.cis, dtype=np.int32)
        call: Callable[[Ints], Any] = getattr(self, f"_{question.kind}")
        return Measured(self._told(question, call(cis)), best_ms(lambda: call(cis)))

    def _told(self, question: Question, result: Any) -> Answer:
        if question.kind != "single_points":
            return Answer(len(result[0]), np.sort(result[0]))
        part, (fallen, *_) = result
        return by_ci(len(self.projection.cis), part.ci, fallen)

    def _reached(self, cis: Ints) -> Any:
        with self.projection.scratch.borrow() as scratch:
            return reach.reached(self.projection.wiring, scratch, cis)

    def _required(self, cis: Ints) -> Any:
        with self.projection.scratch.borrow() as scratch:
            return reach.required(self.projection.wiring, scratch, cis)

    def _down(self, cis: Ints) -> Any:
        with self.projection.scratch.borrow() as scratch:
            return propagation.propagate(self.projection.wiring, scratch, cis, NOBODY, NOBODY)

    def _single_points(self, services: Ints) -> Any:
        with self.projection.scratch.borrow() as scratch:
            part = part_of(self.projection.wiring, scratch, services, NOBODY, NOBODY)
        return part, single_points(part, len(services), np.ones_like(services), 0)


class Functions:
    """The functions that answers are made with, whatever more they tell; reach takes one CI at a time."""

    name = "function"

    def __init__(self, projection: Projection) -> None:
        self._projection = projection
        self._nothing = propagate(projection, Causes(NOBODY, NOBODY, NOBODY))

    def measure(self, question: Question) -> Measured | None:
        """Answer and time a question."""
        cis = np.array(question.cis, dtype=np.int32)
        call: Callable[[Ints], Any] = getattr(self, f"_{question.kind}")
        return Measured(self._told(question, call(cis)), best_ms(lambda: call(cis)))

    def _told(self, question: Question, result: Any) -> Answer:
        match question.kind:
            case "down":
                return Answer(len(result.failed), result.failed)
            case "single_points":
                return by_ci(len(self._projection.cis), result.cis, result.fallen)
        found = np.unique(np.concatenate([layers.cis for layers in result]))
        return Answer(len(found), found)

    def _reached(self, cis: Ints) -> Any:
        return [dependents(self._projection, ci) for ci in cis.tolist()]

    def _required(self, cis: Ints) -> Any:
        return [providers(self._projection, ci) for ci in cis.tolist()]

    def _down(self, cis: Ints) -> Any:
        return propagate(self._projection, Causes(cis, NOBODY, NOBODY))

    def _single_points(self, services: Ints) -> Any:
        return alone(self._projection, services, self._nothing, NOBODY)


def by_ci(count: int, cis: Ints, fallen: Ints) -> Answer:
    """By each CI of the graph, how many services fall with it."""
    counts = np.zeros(count, dtype=np.int32)
    counts[cis] = fallen
    return Answer(int(fallen.sum()), counts)
