"""The report of an import."""

from rich.console import Console
from rich.markup import escape

from api.tables.style import columns, heading, plural
from cmdb.reconciliation import Report

OUTCOMES = ("created", "changed", "unchanged", "rejected")
FIRST = 10


def print_report(console: Console, report: Report) -> None:
    """Print counts by outcome, the first rejected rows and where all are, and what is pending."""
    table = columns("", *OUTCOMES)
    for column in table.columns[1:]:
        column.justify = "right"
    for name, counts in (("CIs", report.cis), ("relationships", report.relationships)):
        table.add_row(name, *(f"{counts[outcome]:,}" for outcome in OUTCOMES))
    console.print(table)
    if report.rejected:
        heading(console, "Rejected", f"all in {', '.join(report.files)}: correct and import them again")
        for rejection in report.rejected[:FIRST]:
            console.print(f"  {rejection.table} line {rejection.line}: {rejection.reason}", markup=False)
    if report.pending:
        heading(console, "Pending", "these relationships are kept, and bound when the CI appears")
        for pending in report.pending[:FIRST]:
            console.print(f"  {pending.dependent} {pending.type} {pending.provider}", markup=False)
        if len(report.pending) > FIRST:
            console.print(f"  and {len(report.pending) - FIRST:,} more")
    if report.unknown_attributes:
        names = ", ".join(f"{name} ({count:,})" for name, count in report.unknown_attributes.most_common(10))
        console.print(f"\n[dim]Kept, but not in the catalogue: {escape(names)}[/]")
    console.print(f"\n{_revisions(report)}  [dim]import {report.run}[/]")


def _revisions(report: Report) -> str:
    if report.first_revision is None or report.last_revision is None:
        return "Nothing written: the graph says all this already."
    if report.first_revision == report.last_revision:
        return f"Revision {report.first_revision}."
    count = report.last_revision - report.first_revision + 1
    return (
        f"Revisions {report.first_revision} to {report.last_revision} ({plural(count, 'batch', 'batches')})."
    )
