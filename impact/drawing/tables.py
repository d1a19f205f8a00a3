"""Pictures as tables: one of CIs, one of relationships. Nothing is folded."""

from collections.abc import Iterator
from typing import Any

from impact.drawing.picture import Picture

Row = dict[str, Any]

NODE_COLUMNS = {
    "id": str,
    "name": str,
    "class": str,
    "state": str,
    "criticality": str,
    "distance": int,
    "cause": bool,
}
EDGE_COLUMNS = {
    "dependent": str,
    "provider": str,
    "type": str,
    "strength": str,
    "group": str,
    "need": int,
    "of": int,
    "group_state": str,
}


def node_rows(picture: Picture) -> Iterator[Row]:
    """One row a CI, with the keys of `NODE_COLUMNS`."""
    for node in picture.nodes:
        values = (node.id, node.name, node.class_, node.state, node.criticality, node.distance, node.cause)
        yield dict(zip(NODE_COLUMNS, values, strict=True))


def edge_rows(picture: Picture) -> Iterator[Row]:
    """One row a relationship, with the keys of `EDGE_COLUMNS`.

    The relationships of a group have its name, need and state, and no type, since a group may mix types.
    A relationship that stands alone has no `need`.
    """
    for edge in picture.edges:
        yield _edge(edge.dependent, edge.provider, edge.type, edge.strength)
    for group in picture.groups:
        for member in group.members:
            told = (group.name, group.need, group.of, group.state)
            yield _edge(group.owner, member, None, group.strength, *told)


def _edge(*values: object) -> Row:
    return dict.fromkeys(EDGE_COLUMNS) | dict(zip(EDGE_COLUMNS, values, strict=False))
