"""Shortest and disjoint dependency paths, against networkx."""

from itertools import pairwise
from random import Random

import networkx as nx
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from cmdb.errors import InvalidInput
from impact.projection import CIRow, RelationshipRow
from impact.questions.paths import Path, Paths, paths
from tests.impact.reaching import Walk, number, random_walk, uuid, walk


def nos(path: Path) -> list[int]:
    return [number(hop.id) for hop in path.hops]


def ask(case: Walk, dependent: int, provider: int, most: int = 3) -> Paths:
    return paths(case.projection, case.index(dependent), case.index(provider), most)


def cheapest(graph: "nx.DiGraph[int]", source: int, target: int, most: int) -> tuple[int, int]:
    """How many disjoint paths there are, at most so many, and their least total length."""
    split: nx.DiGraph[tuple[int, str]] = nx.DiGraph()
    for no in graph:
        room = most if no in (source, target) else 1
        split.add_edge((no, "in"), (no, "out"), capacity=room, weight=0)
    split.add_edges_from((((a, "out"), (b, "in")) for a, b in graph.edges if a != b), capacity=1, weight=1)
    split.add_edge((0, "start"), (source, "out"), capacity=most, weight=0)
    flow = nx.max_flow_min_cost(split, (0, "start"), (target, "in"))
    return sum(flow[0, "start"].values()), int(nx.cost_of_flow(split, flow))


def least(graph: "nx.DiGraph[int]", source: int, target: int) -> list[int]:
    """Of all shortest paths, the one with the smallest numbers as read from its far end."""
    return min(nx.all_shortest_paths(graph, source, target), key=lambda path: path[::-1])


def check(rng: Random) -> None:
    case = random_walk(rng)
    if len(case.inside) < 2:
        return
    source, target = rng.sample(case.inside, 2)
    most = rng.randint(1, 4)
    answer = ask(case, source, target, most)
    if not nx.has_path(case.graph, source, target):
        assert (answer.shortest, answer.disjoint) == (None, [])
        back = nx.has_path(case.graph, target, source)
        assert (nos(answer.opposite) if answer.opposite else None) == (
            least(case.graph, target, source) if back else None
        )
        return
    assert answer.shortest
    assert answer.opposite is None
    assert nos(answer.shortest) == least(case.graph, source, target)
    check_disjoint(case, answer, source, target, most)


def check_disjoint(case: Walk, answer: Paths, source: int, target: int, most: int) -> None:
    found = [nos(path) for path in answer.disjoint]
    assert (len(found), sum(len(path) - 1 for path in found)) == cheapest(case.graph, source, target, most)
    assert found == sorted(found, key=lambda path: (len(path), path))
    between = [no for path in found for no in path[1:-1]]
    assert len(between) == len(set(between))
    for path, told in zip(found, answer.disjoint, strict=True):
        assert (path[0], path[-1], told.length) == (source, target, len(path) - 1)
        assert all(case.graph.has_edge(*pair) for pair in pairwise(path))
        assert [bool(hop.links) for hop in told.hops] == [False] + [True] * told.length


@settings(max_examples=200, deadline=None)
@given(st.randoms(use_true_random=False))
def test_paths_agree_with_networkx(rng: Random) -> None:
    check(rng)


@settings(max_examples=2000, deadline=None, phases=[Phase.generate])
@given(st.integers(0, 2**64))
def test_paths_agree_with_networkx_on_thousands_of_graphs(seed: int) -> None:
    check(Random(seed))


def links(*rows: tuple[int, int]) -> Walk:
    """Plain relationships between as many servers as they name."""
    cis = [CIRow(no, "server", "operational", f"ci-{no}", uuid(no)) for no in sorted({*sum(rows, ())})]
    return walk(cis, [RelationshipRow(a, b, "runs_on") for a, b in rows])


def test_two_disjoint_paths_may_both_be_longer_than_the_shortest() -> None:
    """The shortest, 1 2 3 4, crosses both others, which only give way together."""
    case = links((1, 2), (2, 3), (3, 4), (1, 5), (5, 6), (6, 3), (2, 7), (7, 8), (8, 4))
    answer = ask(case, 1, 4, 2)
    assert answer.shortest
    assert nos(answer.shortest) == [1, 2, 3, 4]
    assert [nos(path) for path in answer.disjoint] == [[1, 2, 7, 8, 4], [1, 5, 6, 3, 4]]


def test_the_order_of_the_rows_decides_nothing() -> None:
    rows = [(1, 2), (1, 3), (2, 4), (3, 4), (4, 5), (4, 6), (5, 7), (6, 7)]
    answers = [ask(links(*some), 1, 7) for some in (rows, rows[::-1])]
    assert answers[0] == answers[1]


def test_all_relationships_of_a_step_are_told_the_strongest_first() -> None:
    cis = [CIRow(no, "server", "operational", "", uuid(no)) for no in (1, 2, 3)]
    rows = [
        RelationshipRow(1, 2, "linked_to"),
        RelationshipRow(1, 2, "calls"),
        RelationshipRow(1, 2, "runs_on", "hosts", "50%", assumed=True),
        RelationshipRow(1, 3, "runs_on", "hosts", "50%"),
    ]
    (path,) = ask(walk(cis, rows), 1, 2).disjoint
    told = [(link.relationship, link.strength, link.group, link.need, link.of) for link in path.hops[1].links]
    assert told == [("runs_on", "hard", "hosts", 1, 2), ("calls", "soft", None, 1, 1)]
    assert (path.hops[1].links[0].told, path.hops[1].links[0].assumed) == ("50%", True)


@pytest.mark.parametrize(
    ("provider", "most", "said"), [(1, 3, "both ends"), (2, 0, "1 to 10"), (2, 11, "1 to 10")]
)
def test_what_cannot_be_meant_is_refused(provider: int, most: int, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        ask(links((1, 2)), 1, provider, most)
