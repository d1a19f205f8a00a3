"""The limit of the machine: plain C from the benchmark kit, compiled for this very processor."""

import importlib
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.engine.graphs import BENCH, Graph
from benchmarks.engine.questions import Answer, Measured, Question

BUDGET_MS = 300.0


class PlainC:
    """The kernels of the kit on one graph."""

    name = "c"

    def __init__(self, graph: Graph) -> None:
        if str(BENCH) not in sys.path:
            sys.path.append(str(BENCH))
        kit = importlib.import_module("limit")
        kit.BUDGET_MS = BUDGET_MS  # type: ignore[attr-defined]
        with TemporaryDirectory(prefix="linchpin-benchmark-") as folder:
            self._limit = kit.Limit(kit.compile_kernels(Path(folder)), graph.arrays)

    def measure(self, question: Question) -> Measured:
        """Answer and time a question."""
        return Measured(self._answer(question), self._limit.best_ms(question.kind, question.cis))

    def _answer(self, question: Question) -> Answer:
        if question.kind == "single_points":
            broken = self._limit.broken(question.cis)
            return Answer(int(broken.sum()), broken)
        count = self._limit.run(question.kind, question.cis)
        return Answer(count, np.array(sorted(self._limit.found(count)), dtype=np.int32))
