"""Engines side by side: whoever comes second must answer the same, then the best times are kept."""

from collections.abc import Sequence

from benchmarks.engine.graphs import Graph
from benchmarks.engine.questions import Answer, Engine, Question
from benchmarks.engine.results import Asked, OnGraph


class Disagreement(Exception):
    """Two engines answer one question differently; no time counts."""


class Best:
    """The answers to the questions of a graph, and each engine's best times."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._answers: dict[Question, Answer] = {}
        self._ms: dict[Question, dict[str, float | None]] = {q: {} for q in graph.questions}

    def note(self, engine: Engine, question: Question) -> None:
        """Ask an engine, compare, and keep the time if it is the best; raises Disagreement."""
        measured, times = engine.measure(question), self._ms[question]
        if measured is None:
            times.setdefault(engine.name, None)
            return
        first = self._answers.setdefault(question, measured.answer)
        if not first.agrees(measured.answer):
            raise Disagreement(
                f"{question.kind} of {question.name} in {self._graph.name}: {engine.name} says "
                f"{measured.answer.count}, {next(iter(times), 'another')} says {first.count}, or others."
            )
        known = times.get(engine.name)
        times[engine.name] = measured.ms if known is None else min(known, measured.ms)

    def told(self) -> OnGraph:
        """Everything that was asked."""
        asked = [
            Asked(kind=q.kind, name=q.name, count=self._answers[q].count, ms=ms) for q, ms in self._ms.items()
        ]
        return OnGraph(cis=self._graph.cis, relationships=self._graph.relationships, questions=asked)


def ask(graph: Graph, engines: Sequence[Engine], best: Best, rounds: int = 1) -> None:
    """Ask all engines in turns, question by question."""
    for question in graph.questions:
        for _ in range(rounds):
            for engine in engines:
                best.note(engine, question)
