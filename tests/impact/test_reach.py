"""Reach in both directions and the trees of the search, against networkx."""

from random import Random

import networkx as nx
import numpy as np
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from impact.kernels.dependents import count_dependents
from impact.kernels.reach import reached, required
from impact.projection import Projection, build
from impact.questions.layers import dependents, providers
from tests.impact.reaching import Walk, random_walk


def search(projection: Projection, kernel: object, nos: list[int]) -> dict[int, int]:
    """The numbers found, and their distances."""
    with projection.scratch.borrow() as scratch:
        cis, level = kernel(projection.wiring, scratch, projection.cis.find(nos))  # type: ignore[operator]
        assert not scratch.seen.any()
    assert (np.diff(level) > 0).all()
    distance = np.repeat(np.arange(len(level) - 1), np.diff(level)).tolist()
    return dict(zip(projection.cis.nos(cis), distance, strict=True))


def expected(graph: "nx.DiGraph[int]", nos: list[int]) -> dict[int, int]:
    distances: dict[int, int] = {}
    for no in nos:
        for found, distance in nx.single_source_shortest_path_length(graph, no).items():
            distances[found] = min(distance, distances.get(found, distance))
    return distances


def check_reach(case: Walk, rng: Random) -> None:
    starts = rng.choices(case.inside, k=rng.randint(1, 3))
    assert search(case.projection, required, starts) == expected(case.graph, starts)
    assert search(case.projection, reached, starts) == expected(case.graph.reverse(), starts)


def check_trees(case: Walk, rng: Random) -> None:
    """The parent is the neighbour one step nearer that has the smallest number."""
    start = rng.choice(case.inside)
    nos = case.projection.cis.no
    for layers, graph in (
        (providers(case.projection, case.index(start)), case.graph),
        (dependents(case.projection, case.index(start)), case.graph.reverse()),
    ):
        distances = expected(graph, [start])
        parents = [nos[layers.cis[at]] if at >= 0 else None for at in layers.parent]
        for no, parent in zip(nos[layers.cis].tolist(), parents, strict=True):
            before = [p for p in graph.predecessors(no) if distances.get(p) == distances[no] - 1]
            assert parent == (min(before) if before else None)


def check_counts(case: Walk, rng: Random) -> None:
    some = rng.sample(case.inside, rng.randint(1, len(case.inside)))
    found, waiting = np.zeros((2, len(case.projection.cis)), dtype=np.uint64)
    with case.projection.scratch.borrow() as scratch:
        cis = case.projection.cis.find(some)
        counts = count_dependents(case.projection.wiring, scratch, found, waiting, cis)
    assert counts.tolist() == [len(nx.ancestors(case.graph, no)) for no in some]
    assert not found.any()
    assert not waiting.any()


def check(rng: Random) -> None:
    case = random_walk(rng)
    if case.inside:
        check_reach(case, rng)
        check_trees(case, rng)
        check_counts(case, rng)


@settings(max_examples=200, deadline=None)
@given(st.randoms(use_true_random=False))
def test_searches_agree_with_networkx(rng: Random) -> None:
    check(rng)


@settings(max_examples=2000, deadline=None, phases=[Phase.generate])
@given(st.integers(0, 2**64))
def test_searches_agree_with_networkx_on_thousands_of_graphs(seed: int) -> None:
    check(Random(seed))


def test_a_search_from_nowhere_finds_nothing() -> None:
    assert search(build([], [], {}), reached, []) == {}
    assert search(build([], [], {}), required, []) == {}
