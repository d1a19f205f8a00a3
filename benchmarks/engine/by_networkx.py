"""What a program on networkx looks like, and takes."""

from collections import Counter, deque
from collections.abc import Collection, Iterable

import networkx as nx
import numpy as np

from benchmarks.engine.graphs import Graph
from benchmarks.engine.questions import Answer, Measured, Question
from benchmarks.engine.timing import once


class ByNetworkX:
    """A multigraph whose arcs point from dependents to providers and know their group.

    networkx has no redundancy: `down` and `single_points` are written by hand on top of it.
    """

    name = "networkx"

    def __init__(self, graph: Graph) -> None:
        arrays = {name: array.tolist() for name, array in graph.arrays.items()}
        self._spare = [total - need for total, need in zip(arrays["gn"], arrays["gk"], strict=True)]
        self._graph: nx.MultiDiGraph[int] = nx.MultiDiGraph()
        self._graph.add_nodes_from(range(graph.cis))
        arcs = zip(arrays["src"], arrays["dst"], arrays["egroup"], strict=True)
        self._graph.add_edges_from((owner, member, {"group": group}) for owner, member, group in arcs)

    def measure(self, question: Question) -> Measured | None:
        """Answer and time a question, if that ends in time."""
        return once(lambda: self._answer(question))

    def _answer(self, question: Question) -> Answer:
        match question.kind:
            case "reached":
                return listed(
                    set(question.cis).union(*(nx.ancestors(self._graph, ci) for ci in question.cis))
                )
            case "required":
                return listed(self._required(question.cis))
            case "down":
                return listed(down(self._graph, self._spare, question.cis))
            case "single_points":
                return self._single_points(question.cis)

    def _required(self, cis: Iterable[int]) -> set[int]:
        return set(cis).union(*(nx.descendants(self._graph, ci) for ci in cis))

    def _single_points(self, services: Collection[int]) -> Answer:
        """Let each CI fail alone, on the part of the graph that the services need."""
        asked, needed = set(services), self._required(services)
        part = self._graph.subgraph(needed).copy()
        counts = np.zeros(len(self._graph), dtype=np.int32)
        for ci in needed:
            counts[ci] = len(down(part, self._spare, (ci,)) & asked - {ci})
        return Answer(int(counts.sum()), counts)


def down(graph: "nx.MultiDiGraph[int]", spare: list[int], cis: Iterable[int]) -> set[int]:
    """All CIs that fail with some: a search that counts what each group has lost."""
    fallen, waiting = set(cis), deque(cis)
    lost: Counter[int] = Counter()
    group: int
    while waiting:
        for owner, _, group in graph.in_edges(waiting.popleft(), data="group"):
            lost[group] += 1
            if lost[group] > spare[group] and owner not in fallen:
                fallen.add(owner)
                waiting.append(owner)
    return fallen


def listed(cis: set[int]) -> Answer:
    return Answer(len(cis), np.array(sorted(cis), dtype=np.int32))
