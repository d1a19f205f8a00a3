"""The benchmark's engines give the same answers on one small graph, and a wrong one is found out."""

import numpy as np
import pytest

from benchmarks.engine.by_cypher import ByCypher, driver_of, fill
from benchmarks.engine.by_networkx import ByNetworkX
from benchmarks.engine.comparison import Best, Disagreement, ask
from benchmarks.engine.graphs import Graph, grouped, questions
from benchmarks.engine.ours import Functions, Kernels
from benchmarks.engine.questions import Answer, Measured, Question
from cmdb.database import Database
from cmdb.embedded import Address

NUMBER = {"shop": 0, "web-1": 1, "web-2": 2, "host-1": 3, "host-2": 4, "switch": 5}
ROWS = (
    ("shop", "web-1", "web", "1"),
    ("shop", "web-2", "web", "1"),
    ("web-1", "host-1", "", ""),
    ("web-2", "host-2", "", ""),
    ("host-1", "switch", "", ""),
    ("host-2", "switch", "", ""),
)
"""From, to, group, need."""
COUNTS = {
    ("reached", "host"): 3,
    ("down", "host"): 2,
    ("reached", "switch"): 6,
    ("down", "switch"): 6,
    ("required", "service"): 6,
    ("single_points", "service"): 1,
    ("single_points", "all_services"): 3,
}


@pytest.fixture
def graph() -> Graph:
    rows = [dict(zip(("from", "to", "group", "need"), row, strict=True)) for row in ROWS]
    asked = questions({"host": [3], "switch": [5]}, 0, [0, 1])
    return Graph("small", grouped(NUMBER, rows), tuple(asked))


def test_all_engines_agree(graph: Graph, database: Database, neo4j_address: Address) -> None:
    projection, best = graph.projection(), Best(graph)
    with driver_of(neo4j_address) as driver:
        fill(driver, graph)
        ask(graph, [Kernels(projection), Functions(projection), ByNetworkX(graph), ByCypher(driver)], best)
    told = {(asked.kind, asked.name): asked.count for asked in best.told().questions}
    assert told == COUNTS
    assert all(len(asked.ms) == 4 for asked in best.told().questions)


class Liar:
    """Says of everything that it is one other CI."""

    name = "liar"

    def measure(self, question: Question) -> Measured:
        return Measured(Answer(1, np.array([5 - question.cis[0]], dtype=np.int32)), 0.1)


def test_a_wrong_answer_ends_the_benchmark(graph: Graph) -> None:
    with pytest.raises(Disagreement, match="liar says 1"):
        ask(graph, [ByNetworkX(graph), Liar()], Best(graph))
