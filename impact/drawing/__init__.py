"""Pictures and exports of answers: a `Picture` goes in, bytes in one of `FORMATS` come out."""

from impact.drawing.fold import fold
from impact.drawing.formats import FORMATS, TABLE_FORMATS, Format, TableFormat, draw
from impact.drawing.picture import Edge, Group, Node, Picture
from impact.drawing.streams import Batch, Columns, stream_arrow, stream_csv

__all__ = [
    "FORMATS",
    "TABLE_FORMATS",
    "Batch",
    "Columns",
    "Edge",
    "Format",
    "Group",
    "Node",
    "Picture",
    "TableFormat",
    "draw",
    "fold",
    "stream_arrow",
    "stream_csv",
]
