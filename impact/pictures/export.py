"""An impact in any format."""

from collections.abc import Iterator

from impact.answer import Report
from impact.answer.selection import EVERYTHING, Selection
from impact.drawing import FORMATS, TABLE_FORMATS, draw
from impact.pictures.impact import impact_picture, whole_impact
from impact.pictures.table import IMPACT_COLUMNS, impact_batches


def export_impact(report: Report, name: str, selection: Selection = EVERYTHING) -> Iterator[bytes]:
    """The answer in a format of `FORMATS`: tables in parts as they are read, all else in one.

    Tables list what the selection lets through; a graph without some of its CIs would explain nothing.
    Raises InvalidInput for an unknown format, and for more CIs than the format can hold.
    """
    if name in TABLE_FORMATS:
        return TABLE_FORMATS[name].stream(
            IMPACT_COLUMNS, impact_batches(report.analysis, report.listed(selection))
        )
    people = name in FORMATS and FORMATS[name].drawing
    return iter([draw(impact_picture(report) if people else whole_impact(report), name)])
