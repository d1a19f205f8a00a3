"""A real mesh: 1,238 services that depend on each other in circles."""

import json
from collections.abc import Iterable
from pathlib import Path

import networkx as nx
import pytest

from importers.importer import Origin
from importers.traces import IMPORTER
from tests.importers.contract import Reading, read

SOURCE = Path(__file__).parents[4] / "shared/data/jaeger/dependencies-large.json"

pytestmark = pytest.mark.skipif(not SOURCE.exists(), reason="the sample data is not here")


@pytest.fixture(scope="module")
def found() -> Reading:
    return read(IMPORTER, Origin(str(SOURCE)))


@pytest.fixture(scope="module")
def mesh() -> "nx.DiGraph[str]":
    rows = json.loads(SOURCE.read_text())
    assert sum(row["callCount"] for row in rows) == 2_985_281
    return _graph((row["parent"], row["child"], row["callCount"]) for row in rows)


def _graph(calls: Iterable[tuple[str, str, int]]) -> "nx.DiGraph[str]":
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_weighted_edges_from(calls)
    return graph


def test_each_service_and_each_pair_comes_once(found: Reading, mesh: "nx.DiGraph[str]") -> None:
    assert found.classes == {"application_service": 1_238} and len(mesh) == 1_238
    assert found.relations == {"calls": 4_271} and mesh.size() == 4_271
    assert (found.rejected, found.gaps, found.groups, found.dangling) == ([], [], set(), set())


def test_the_graph_is_the_same(found: Reading, mesh: "nx.DiGraph[str]") -> None:
    ours = _graph(
        (native_id, relation["to"], relation["weight"])
        for native_id, one in found.things.items()
        for relation in one.relations or ()
    )
    theirs = {(f"service:{a}", f"service:{b}"): calls["weight"] for a, b, calls in mesh.edges.data()}
    assert set(ours.edges) == theirs.keys()
    for pair, calls in theirs.items():
        assert ours.edges[pair]["weight"] <= calls < 10 * ours.edges[pair]["weight"]
    circles = [len(part) for part in nx.strongly_connected_components(ours) if len(part) > 1]
    assert sorted(circles) == [2, 4, 4, 5, 356]
    assert ours.in_degree("service:Service43") == 231


def test_a_minimum_leaves_out_seldom_calls(mesh: "nx.DiGraph[str]") -> None:
    some = read(IMPORTER, Origin(str(SOURCE), {"minimum_calls": "100"}))
    often = [calls for _, _, calls in mesh.edges.data() if calls["weight"] >= 100]
    assert some.relations == {"calls": len(often)}
    assert some.classes == {"application_service": 1_238}
