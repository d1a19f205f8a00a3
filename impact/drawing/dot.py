"""Graphviz DOT: services at the top, what they stand on beneath."""

from html import escape as html

from graphviz import Digraph, escape

from impact.drawing.boxes import Box, boxes
from impact.drawing.labels import lines
from impact.drawing.legend import legend
from impact.drawing.picture import Edge, Node, Picture
from impact.drawing.style import FAILING, LINES, STATES
from impact.drawing.text import printable

FONT = "Helvetica,Arial,DejaVu Sans,sans-serif"
GRAPH = {"rankdir": "TB", "nodesep": "0.2", "ranksep": "0.55", "pad": "0.25", "fontname": FONT}
NODE = {"fontname": FONT, "fontsize": "12", "height": "0.3", "penwidth": "1.2"}
EDGE = {"color": "#6b7785", "arrowsize": "0.6", "penwidth": "1"}
THICK = {"color": "#9b1c1c", "penwidth": "2.2"}
MARGIN = {"octagon": "0,0"}
"""Inches; shapes with sloping sides have room enough."""


def write(picture: Picture) -> bytes:
    """The picture as DOT text in UTF-8, for `dot` and everything that reads its language."""
    graph = Digraph("linchpin", graph_attr=GRAPH, node_attr=NODE, edge_attr=EDGE)
    graph.attr(label=f"<{legend(picture)}>", labelloc="b", labeljust="l", fontsize="10")
    with graph.subgraph(name="cluster_all") as titled:
        title = f"<<B>{html(printable(picture.title))}</B>>" if picture.title else ""
        titled.attr(label=title, labelloc="t", fontsize="16", peripheries="0")
        _draw(titled, picture)
    return str(graph.source).encode()


def _draw(graph: Digraph, picture: Picture) -> None:
    ids = {node.id: f"n{number}" for number, node in enumerate(picture.nodes)}
    failing = {node.id for node in picture.nodes if node.state in FAILING}
    if not picture.nodes:
        graph.node("nothing", "Nothing to show", shape="plaintext")
    for node in picture.nodes:
        _draw_node(graph, ids[node.id], node)
    for edge in picture.edges:
        _draw_edge(graph, ids, edge, edge.provider in failing)
    for number, box in enumerate(boxes(picture)):
        _draw_box(graph, f"g{number}", box, ids, failing)


def _draw_node(graph: Digraph, id_: str, node: Node) -> None:
    look = STATES[node.state]
    name, kind, state = map(html, lines(node))
    small = f'<FONT POINT-SIZE="9">{kind}<BR/><B>{state}</B></FONT>'
    graph.node(
        id_,
        f"<<B>{name}</B><BR/>{small}>",
        shape=look.shape,
        margin=MARGIN.get(look.shape, "0.1,0.05"),
        style=look.style,
        fillcolor=look.fill,
        fontcolor=look.text,
        color=look.border,
        penwidth="3" if node.cause else None,
        tooltip=escape(printable(node.name)),
    )


def _draw_edge(graph: Digraph, ids: dict[str, str], edge: Edge, failing: bool) -> None:
    graph.edge(
        ids[edge.dependent],
        ids[edge.provider],
        style=LINES[edge.strength],
        tooltip=escape(printable(edge.type)),
        **(THICK if failing else {}),
    )


def _draw_box(graph: Digraph, id_: str, box: Box, ids: dict[str, str], failing: set[str]) -> None:
    look = box.look
    name = f"{html(box.name)}<BR/>" if box.name else ""
    graph.node(
        id_,
        f'<<FONT POINT-SIZE="9">{name}{box.label}<BR/><B>{box.word}</B></FONT>>',
        shape="box",
        style="filled",
        peripheries="2",
        fillcolor=look.fill,
        fontcolor=look.text,
        color=look.border,
        tooltip=escape(printable(box.group.name or box.label)),
    )
    line = LINES[box.group.strength]
    lost = THICK if box.group.state == "lost" else {}
    for owner in box.owners:
        graph.edge(ids[owner], id_, style=line, dir="none", **lost)
    for member in box.group.members:
        graph.edge(id_, ids[member], style=line, **(THICK if member in failing else {}))
