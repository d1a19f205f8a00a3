"""This engine, plain C, networkx and Cypher on the same graphs; answers are compared before times.

    python -m benchmarks.engine [--sizes 10k,100k,1m,debian] [--neo4j] [--keep]

Needs the benchmark kit beside the project, and gcc. `--neo4j` asks Cypher too, on servers of its own.
`--keep` writes what was measured into docs/benchmarks.json, and renews the page and the chart that show it.
"""

import argparse

from benchmarks.engine.by_cypher import neo4j_with
from benchmarks.engine.by_networkx import ByNetworkX
from benchmarks.engine.comparison import Best, ask
from benchmarks.engine.graphs import SIZES, Graph, debian, estate
from benchmarks.engine.machine import this_machine, today
from benchmarks.engine.ours import Functions, Kernels
from benchmarks.engine.page import renew
from benchmarks.engine.plain_c import PlainC
from benchmarks.engine.results import OnGraph, read, write
from benchmarks.engine.tables import compared
from benchmarks.engine.timing import LONGEST

ROUNDS = 3
"""How often C and this engine take turns."""


def measure(graph: Graph, with_neo4j: bool) -> OnGraph:
    """All questions on one graph, by all engines."""
    best = Best(graph)
    projection = graph.projection()
    ask(graph, [PlainC(graph), Kernels(projection), Functions(projection)], best, ROUNDS)
    del projection
    ask(graph, [ByNetworkX(graph)], best)
    if with_neo4j:
        with neo4j_with(graph) as cypher:
            ask(graph, [cypher], best)
    return best.told()


def keep(graphs: dict[str, OnGraph]) -> None:
    """Renew what is checked in; graphs that were not measured stay as they are."""
    known = read()
    new = {"measured": today(), "machine": this_machine(), "limit_seconds": LONGEST}
    write(known.model_copy(update={**new, "graphs": {**known.graphs, **graphs}}))
    renew()


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare engines on the same graphs.")
    every = ",".join((*SIZES, "debian"))
    parser.add_argument("--sizes", default=every, help=f"any of {every}, separated by commas")
    parser.add_argument("--neo4j", action="store_true", help="ask Cypher too")
    parser.add_argument("--keep", action="store_true", help="renew docs/benchmarks.*")
    arguments = parser.parse_args()
    graphs = {}
    for name in arguments.sizes.split(","):
        graph = debian() if name == "debian" else estate(name)
        graphs[name] = measure(graph, arguments.neo4j)
        print(f"\n{name}\n\n{compared(graphs[name], LONGEST)}")
    if arguments.keep:
        keep(graphs)


if __name__ == "__main__":
    main()
