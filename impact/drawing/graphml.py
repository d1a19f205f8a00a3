"""GraphML, for yEd, Gephi and every graph library."""

import re
from io import BytesIO
from typing import Any

from impact.drawing.picture import Picture
from impact.drawing.tables import Row, edge_rows, node_rows

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(picture: Picture) -> bytes:
    """All CIs as nodes, all relationships as edges, with their attributes; `label` is what programs show."""
    # loaded here, because it takes longer to load than all else that draws
    from networkx import MultiDiGraph, write_graphml_xml

    graph: MultiDiGraph[str] = MultiDiGraph()
    for row in node_rows(picture):
        graph.add_node(_xml(row["id"]), label=_xml(row["name"]), **_known(row))
    for number, row in enumerate(edge_rows(picture)):
        graph.add_edge(_xml(row["dependent"]), _xml(row["provider"]), key=number, **_known(row))
    file = BytesIO()
    write_graphml_xml(graph, file)
    return file.getvalue()


def _known(row: Row) -> Row:
    """The row without gaps, which GraphML leaves out, and without ends, which are no attributes there."""
    ends = {"id", "dependent", "provider"}
    return {key: _xml(value) for key, value in row.items() if value is not None and key not in ends}


def _xml(value: Any) -> Any:
    return NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value
