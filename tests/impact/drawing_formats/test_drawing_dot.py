from xml.etree import ElementTree

from hypothesis import given
from pygraphviz import AGraph

from impact.drawing import Picture, draw, fold
from impact.drawing.boxes import boxes
from impact.drawing.labels import lines
from impact.drawing.legend import legend
from tests.impact.drawing_formats.pictures import HOST_FAILS, pictures


def parsed(picture: Picture) -> AGraph:
    """As Graphviz itself understands it."""
    return AGraph(string=draw(picture, "dot").decode())


def texts(label: str) -> list[str]:
    return [text for text in ElementTree.fromstring(f"<label>{label}</label>").itertext() if text]


def look_of(graph: AGraph, name: str) -> tuple[str, str, str]:
    node = next(node for node in graph.nodes() if name in node.attr["label"])
    return node.attr["shape"], node.attr["style"], node.attr["fillcolor"]


def test_state_is_told_by_word_shape_and_colour() -> None:
    graph = parsed(HOST_FAILS)
    looks = [look_of(graph, name) for name in ("esx-07", "queue", "mail", "session-cache", "cache-2")]
    assert len({colour for _, _, colour in looks}) == 5
    assert len({(shape, style) for shape, style, _ in looks}) == 5
    words = {texts(node.attr["label"])[-1] for node in graph.nodes() if node.startswith("n")}
    assert words == {"DOWN", "DOWN · cause", "INTERRUPTED", "DEGRADED", "AT RISK", "up"}


def test_a_group_is_a_box_between_owner_and_members() -> None:
    graph = parsed(HOST_FAILS)
    box = next(node for node in graph.nodes() if "LOST" in node.attr["label"])
    assert texts(box.attr["label"]) == ["members", "needs 1 of 2", "LOST"]
    assert [texts(node.attr["label"])[0] for node in graph.predecessors(box)] == ["orders-db"]
    assert {texts(node.attr["label"])[0] for node in graph.successors(box)} == {"orders-db-1", "orders-db-2"}


def test_the_legend_explains_what_is_there_and_nothing_else() -> None:
    assert texts(legend(Picture(HOST_FAILS.nodes[:1]))) == ["DOWN"]
    assert "redundancy" in texts(legend(HOST_FAILS))


def test_an_empty_picture_says_so() -> None:
    graph = parsed(Picture(()))
    assert graph.get_node("nothing").attr["label"] == "Nothing to show"


@given(pictures())
def test_whatever_the_names_graphviz_reads_back_what_was_meant(picture: Picture) -> None:
    folded, graph = fold(picture), parsed(picture)
    shared = boxes(folded)
    expected = [[text for text in lines(node) if text] for node in folded.nodes]
    assert [texts(graph.get_node(f"n{i}").attr["label"]) for i in range(len(folded.nodes))] == expected
    assert graph.number_of_nodes() == (len(folded.nodes) + len(shared) or 1)
    ends = sum(len(box.owners) + len(box.group.members) for box in shared)
    assert len(graph.edges()) == len(folded.edges) + ends
