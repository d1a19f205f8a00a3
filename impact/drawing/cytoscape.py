"""Elements for Cytoscape.js and Cytoscape."""

from collections.abc import Iterator

import orjson

from impact.drawing.boxes import Box, boxes
from impact.drawing.picture import Picture
from impact.drawing.tables import Row, node_rows


def write(picture: Picture) -> bytes:
    """All CIs and redundancy groups as nodes, all relationships as edges, as JSON.

    Classes tell them apart, for style sheets: `ci` or `group` and the state, or the strength of an edge.
    Groups that several owners have alike are one node, whose id is `group:` and a number.
    """
    shared = {f"group:{number}": box for number, box in enumerate(boxes(picture))}
    nodes = [_element(f"ci {row['state']}", row | {"label": row["name"]}) for row in node_rows(picture)]
    nodes += [_element(f"group {box.group.state}", _group(id_, box)) for id_, box in shared.items()]
    edges = [_edge(edge.dependent, edge.provider, edge.strength, edge.type) for edge in picture.edges]
    edges += [end for id_, box in shared.items() for end in _ends(id_, box)]
    return orjson.dumps({"data": {"title": picture.title}, "elements": {"nodes": nodes, "edges": edges}})


def _element(classes: str, data: Row) -> Row:
    return {"data": data, "classes": classes}


def _group(id_: str, box: Box) -> Row:
    group = box.group
    told = {"name": group.name, "need": group.need, "of": group.of, "state": group.state}
    return {"id": id_, "label": box.label} | told


def _edge(source: str, target: str, strength: str, type_: str | None = None) -> Row:
    return _element(strength, {"source": source, "target": target, "type": type_})


def _ends(id_: str, box: Box) -> Iterator[Row]:
    for owner in box.owners:
        yield _edge(owner, id_, box.group.strength)
    for member in box.group.members:
        yield _edge(id_, member, box.group.strength)
