"""Reports on records, and those of imports of records."""

from collections.abc import Mapping

from rich.console import Console
from rich.markup import escape

from api.tables.style import columns, heading, plural
from cmdb.arrivals import RecordReport
from cmdb.records import Outcome
from cmdb.reports import Report, Row

FIRST = 10
MET = {True: "[green]✓[/]", False: "[red]✗[/]", None: ""}


def print_reports(console: Console, titles: Mapping[str, tuple[str, tuple[str, ...]]]) -> None:
    """Print the names of reports, what each tells, and what it can be divided by."""
    table = columns("report", "tells", "--per")
    for name, (title, dividing) in titles.items():
        table.add_row(name, escape(title), ", ".join(dividing))
    console.print(table)


def print_figures(console: Console, report: Report) -> None:
    """Print one line a row, with what it is held against."""
    heading(console, report.title, f"{report.since} to {report.until}, by {report.by} in {report.zone}")
    grouped = any(row.group for row in report.rows)
    targets = any(row.target is not None for row in report.rows)
    names = [f"{one.name} ({one.unit})" if one.unit else one.name for one in report.columns]
    leading = ["period", "group"] if grouped else ["period"]
    table = columns(*leading, *names, *(["target", ""] if targets else []), figures=slice(len(leading), None))
    for row in report.rows:
        told = [row.period, escape(row.group)] if grouped else [row.period]
        table.add_row(*told, *_figures(report, row), *([_told(row.target), MET[row.met]] if targets else []))
    console.print(table)


def print_record_report(console: Console, report: RecordReport) -> None:
    """Print counts by outcome, what was rejected and why, and what did not fit."""
    table = columns("", *Outcome, figures=slice(1, None))
    for kind, counts in report.records.items():
        table.add_row(kind, *(f"{counts[outcome]:,}" for outcome in Outcome))
    console.print(table)
    if report.rejected:
        heading(console, "Rejected", f"all in {', '.join(report.files)}: correct and import them again")
        for one in report.rejected[:FIRST]:
            console.print(f"  {one.table} line {one.line}: {one.reason}", markup=False)
    for title, counter in (("CIs not known", report.unknown_cis), ("Kept as they came", report.unmapped)):
        if counter:
            told = ", ".join(f"{name} ({count:,})" for name, count in counter.most_common(FIRST))
            more = f" and {len(counter) - FIRST:,} more" if len(counter) > FIRST else ""
            console.print(f"\n[dim]{title}: {escape(told)}{more}[/]")
    console.print(f"\n{_written(report)}  [dim]import {report.run}[/]")


def _written(report: RecordReport) -> str:
    entries = plural(report.entries, "entry of logs", "entries of logs")
    if report.dry_run:
        return f"A dry run: nothing was written; it would be {entries}."
    if report.first_revision is None:
        return "Nothing written: all of this is known already."
    return f"Revisions {report.first_revision} to {report.last_revision}, {entries}."


def _figures(report: Report, row: Row) -> list[str]:
    return [_told(row.figures[column.name]) for column in report.columns]


def _told(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"
