"""Reports as files: tables as CSV, and charts as SVG."""

import csv
from io import StringIO

from api.charts import bar_chart, line_chart
from cmdb.errors import InvalidInput
from cmdb.reports import Report, Row

DRAWN = 40
"""Groups that a chart has room for."""


def report_csv(report: Report) -> str:
    """A row for each row, with a header; what there is nothing to compute from is empty."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\n")
    names = [column.name for column in report.columns]
    writer.writerow(("period", "group", *names, "target", "met"))
    for row in report.rows:
        figures = [row.figures[name] for name in names]
        met = "" if row.met is None else str(row.met).lower()
        writer.writerow((row.period, row.group, *figures, row.target, met))
    return file.getvalue()


def report_svg(report: Report) -> str:
    """The main column: by period, or where it is divided by group, for the last period that has any.

    Raises InvalidInput where there is nothing to draw.
    """
    if not report.rows:
        raise InvalidInput(f"{report.title}: there is nothing to draw in these periods.")
    if not report.rows[-1].group:
        return line_chart(
            report.title,
            [row.period for row in report.rows],
            [row.figures[report.main] for row in report.rows],
            report.rows[-1].target,
            report.unit,
        )
    period = report.rows[-1].period
    rows = sorted((row for row in report.rows if row.period == period), key=lambda row: _order(report, row))
    title = f"{report.title}, {period}" + (f", the first {DRAWN}" if len(rows) > DRAWN else "")
    rows = rows[:DRAWN]
    targets = {row.target for row in rows}
    return bar_chart(
        title,
        [row.group for row in rows],
        [row.figures[report.main] for row in rows],
        targets.pop() if len(targets) == 1 else None,
        report.unit,
    )


def _order(report: Report, row: Row) -> tuple[bool, float, str]:
    """The greatest first, what is not known last."""
    value = row.figures[report.main]
    return value is None, -(value or 0), row.group
