"""The names of formats, for those who ask for one before anything that draws is loaded."""

from typing import Literal

FormatName = Literal[
    "svg", "png", "dot", "mermaid", "graphml", "cytoscape", "csv", "csv-edges", "arrow", "arrow-edges"
]
"""As in `impact.drawing.FORMATS`."""
AnswerFormat = Literal["json", FormatName]
BINARY: frozenset[FormatName] = frozenset({"png", "arrow", "arrow-edges"})
