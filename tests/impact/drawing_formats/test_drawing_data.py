import csv
import json
from io import BytesIO, StringIO

import networkx
import pyarrow as pa
import pytest
from hypothesis import given
from pyarrow import ipc

from impact.drawing import FORMATS, Node, Picture, draw
from impact.drawing.tables import edge_rows, node_rows
from tests.impact.drawing_formats.pictures import HOST_FAILS, pictures


def as_csv(picture: Picture, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(draw(picture, name).decode(), newline="")))


def in_csv(value: object) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


@given(pictures())
def test_csv_says_what_was_meant(picture: Picture) -> None:
    for name, rows in (("csv", node_rows), ("csv-edges", edge_rows)):
        assert as_csv(picture, name) == [{k: in_csv(v) for k, v in row.items()} for row in rows(picture)]


@given(pictures())
def test_arrow_says_what_was_meant(picture: Picture) -> None:
    for name, rows in (("arrow", node_rows), ("arrow-edges", edge_rows)):
        table: pa.Table = ipc.open_stream(draw(picture, name)).read_all()
        assert table.to_pylist() == list(rows(picture))


@given(pictures())
def test_cytoscape_says_what_was_meant(picture: Picture) -> None:
    elements = json.loads(draw(picture, "cytoscape"))["elements"]
    cis = [node["data"] for node in elements["nodes"] if node["classes"].startswith("ci ")]
    assert [(ci["id"], ci["name"], ci["class"]) for ci in cis] == [
        (node.id, node.name, node.class_) for node in picture.nodes
    ]
    known = {node["data"]["id"] for node in elements["nodes"]}
    assert {edge["data"][end] for edge in elements["edges"] for end in ("source", "target")} <= known


@given(pictures())
def test_graphml_says_what_was_meant(picture: Picture) -> None:
    graph = networkx.read_graphml(BytesIO(draw(picture, "graphml")), force_multigraph=True)
    assert list(graph.nodes) == [node.id for node in picture.nodes]
    assert [graph.nodes[node.id]["state"] for node in picture.nodes] == [node.state for node in picture.nodes]
    ends = [(row["dependent"], row["provider"], row["strength"]) for row in edge_rows(picture)]
    assert sorted(graph.edges(data="strength")) == sorted(ends)


def test_graphml_keeps_groups_and_names() -> None:
    graph = networkx.read_graphml(BytesIO(draw(HOST_FAILS, "graphml")), force_multigraph=True)
    (edge,) = graph.get_edge_data("d", "d1").values()
    assert edge == {"strength": "hard", "group": "members", "need": 1, "of": 2, "group_state": "lost"}
    assert graph.nodes["h"] == {
        "label": "esx-07",
        "name": "esx-07",
        "class": "hypervisor",
        "state": "down",
        "distance": 0,
        "cause": True,
    }


def test_cytoscape_has_groups_as_nodes() -> None:
    elements = json.loads(draw(HOST_FAILS, "cytoscape"))["elements"]
    box = next(node for node in elements["nodes"] if node["classes"] == "group lost")
    assert box["data"]["label"] == "needs 1 of 2"
    targets = {e["data"]["target"] for e in elements["edges"] if e["data"]["source"] == box["data"]["id"]}
    assert targets == {"d1", "d2"}


@pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if not form.drawing])
def test_data_are_never_folded(name: str) -> None:
    crowd = Picture(tuple(Node(f"id-{n:03}", f"pod-{n:03}", "pod", "down") for n in range(50)))
    if not name.endswith("edges"):
        assert all(f"id-{n:03}".encode() in draw(crowd, name) for n in range(50))


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_picture_gives_the_same_bytes(name: str) -> None:
    assert draw(HOST_FAILS, name) == draw(HOST_FAILS, name)
