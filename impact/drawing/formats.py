"""The formats, as data."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from cmdb.errors import InvalidInput
from impact.drawing import cytoscape, dot, graphml, mermaid, render, rows
from impact.drawing.fold import fold
from impact.drawing.picture import Picture
from impact.drawing.streams import Batch, Columns, stream_arrow, stream_csv

CSV = "text/csv; charset=utf-8"
ARROW = "application/vnd.apache.arrow.stream"


@dataclass(frozen=True)
class Format:
    """A format for pictures. In a drawing, which people read, alike siblings are folded; data are whole."""

    media_type: str
    suffix: str
    write: Callable[[Picture], bytes]
    drawing: bool = False


@dataclass(frozen=True)
class TableFormat:
    """A format for tables of any length."""

    media_type: str
    suffix: str
    stream: Callable[[Columns, Iterable[Batch]], Iterator[bytes]]


FORMATS = {
    "svg": Format("image/svg+xml", ".svg", render.write_svg, drawing=True),
    "png": Format("image/png", ".png", render.write_png, drawing=True),
    "dot": Format("text/vnd.graphviz; charset=utf-8", ".gv", dot.write, drawing=True),
    "mermaid": Format("text/vnd.mermaid; charset=utf-8", ".mmd", mermaid.write, drawing=True),
    "graphml": Format("application/graphml+xml", ".graphml", graphml.write),
    "cytoscape": Format("application/vnd.cytoscape+json", ".cyjs", cytoscape.write),
    "csv": Format(CSV, ".csv", rows.write_node_csv),
    "csv-edges": Format(CSV, ".csv", rows.write_edge_csv),
    "arrow": Format(ARROW, ".arrows", rows.write_node_arrow),
    "arrow-edges": Format(ARROW, ".arrows", rows.write_edge_arrow),
}
"""Of a picture, by name."""

TABLE_FORMATS = {
    "csv": TableFormat(CSV, ".csv", stream_csv),
    "arrow": TableFormat(ARROW, ".arrows", stream_arrow),
}
"""Of a table, by name."""


def draw(picture: Picture, name: str) -> bytes:
    """The picture in a format of `FORMATS`: the same bytes for the same picture.

    A drawing does not depend on the order of the picture's parts either. SVG and PNG of more than
    `impact.drawing.render.MOST_BOXES` boxes are refused with `InvalidInput`, and so is an unknown format.
    """
    if name not in FORMATS:
        raise InvalidInput(f"There is no format {name!r}. There are: {', '.join(FORMATS)}.")
    form = FORMATS[name]
    return form.write(fold(picture) if form.drawing else picture)
