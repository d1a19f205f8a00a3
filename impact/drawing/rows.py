"""CSV and Arrow of a picture."""

from collections.abc import Iterable

from impact.drawing.picture import Picture
from impact.drawing.streams import Batch, Columns, stream_arrow, stream_csv
from impact.drawing.tables import EDGE_COLUMNS, NODE_COLUMNS, Row, edge_rows, node_rows


def write_node_csv(picture: Picture) -> bytes:
    """The CIs as CSV."""
    return b"".join(stream_csv(NODE_COLUMNS, [_columns(NODE_COLUMNS, node_rows(picture))]))


def write_edge_csv(picture: Picture) -> bytes:
    """The relationships as CSV."""
    return b"".join(stream_csv(EDGE_COLUMNS, [_columns(EDGE_COLUMNS, edge_rows(picture))]))


def write_node_arrow(picture: Picture) -> bytes:
    """The CIs as an Arrow stream."""
    return b"".join(stream_arrow(NODE_COLUMNS, [_columns(NODE_COLUMNS, node_rows(picture))]))


def write_edge_arrow(picture: Picture) -> bytes:
    """The relationships as an Arrow stream."""
    return b"".join(stream_arrow(EDGE_COLUMNS, [_columns(EDGE_COLUMNS, edge_rows(picture))]))


def _columns(columns: Columns, rows: Iterable[Row]) -> Batch:
    rows = list(rows)
    return {name: [row[name] for row in rows] for name in columns}
