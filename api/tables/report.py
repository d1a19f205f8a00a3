"""The report of an import."""

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape

from api.tables.style import columns, heading, plural
from cmdb.runs import Change, Report

OUTCOMES = ("created", "changed", "unchanged", "withdrawn", "rejected")
MARKS = {"created": "+", "changed": "~", "removed": "-", "retired": "-"}
NAMED = frozenset({"class", "name", "type", "group", "sources"})
"""What the name of a thing that appears or goes says already."""

FIRST = 10
FIRST_CHANGES = 50


def print_report(console: Console, report: Report) -> None:
    """Print counts by outcome, what went and why, the first rows of all that a person may want to correct.

    Of a dry run, print also what would change.
    """
    if report.dry_run:
        print_changes(console, report.changes)
        console.print()
    _counts(console, report)
    _gone(console, report)
    _first(console, "Not read", "so nothing counts as missing", report.gaps)
    if report.rejected:
        heading(console, "Rejected", f"all in {', '.join(report.files)}: correct and import them again")
        for rejection in report.rejected[:FIRST]:
            console.print(f"  {rejection.table} line {rejection.line}: {rejection.reason}", markup=False)
    _first(
        console,
        "Pending",
        "these relationships are kept, and bound when the CI appears",
        [f"{one.dependent} {one.type} {one.provider}" for one in report.pending],
    )
    if report.unknown_attributes:
        names = ", ".join(f"{name} ({count:,})" for name, count in report.unknown_attributes.most_common(10))
        console.print(f"\n[dim]Kept, but not in the catalogue: {escape(names)}[/]")
    if report.held:
        console.print(f"\n[bold red]Held:[/] {escape(report.held)}")
    console.print(f"\n{_revisions(report)}  [dim]import {report.run}[/]")


def print_changes(console: Console, changes: Sequence[Change]) -> None:
    """Print what an import would change, a line a CI or relationship; at most the first 50."""
    for change in changes[:FIRST_CHANGES]:
        mark = MARKS[change.outcome]
        console.print(f"{mark} {change.outcome} {change.name}{_fields(change)}", markup=False)
    if len(changes) > FIRST_CHANGES:
        console.print(f"and {plural(len(changes) - FIRST_CHANGES, 'more change')}; --json has all")
    if not changes:
        console.print("Nothing would change.")


def _fields(change: Change) -> str:
    if change.outcome == "removed":
        return ""
    if change.outcome == "created":
        told = [f"{name}: {after}" for name, (_, after) in change.fields.items() if name not in NAMED]
    else:
        told = [f"{name}: {_or_none(old)} → {_or_none(new)}" for name, (old, new) in change.fields.items()]
    return f"  {'; '.join(told)}" if told else ""


def _or_none(value: Any) -> Any:
    return "none" if value is None else value


def _counts(console: Console, report: Report) -> None:
    table = columns("", *OUTCOMES, figures=slice(1, None))
    for name, counts in (("CIs", report.cis), ("relationships", report.relationships)):
        table.add_row(name, *(f"{counts[outcome]:,}" for outcome in OUTCOMES))
    console.print(table)


def _gone(console: Console, report: Report) -> None:
    """What a complete run did not find, and what rules say since."""
    if report.missing:
        console.print(f"Missing: {report.missing:,}. They retire when the grace of their class is over.")
    if report.retired:
        console.print(
            f"Missing for too long: {report.retired:,}. They are retired, unless another source sees them."
        )
    if report.derived:
        console.print(f"By rules, {plural(report.derived, 'CI')} depend on other things than before.")


def _first(console: Console, title: str, note: str, lines: Sequence[str]) -> None:
    if not lines:
        return
    heading(console, title, note)
    for line in lines[:FIRST]:
        console.print(f"  {line}", markup=False)
    if len(lines) > FIRST:
        console.print(f"  and {len(lines) - FIRST:,} more")


def _revisions(report: Report) -> str:
    if report.dry_run:
        return "A dry run: nothing was written."
    if report.first_revision is None or report.last_revision is None:
        return "Nothing written: the graph says all this already."
    if report.first_revision == report.last_revision:
        return f"Revision {report.first_revision}."
    count = report.last_revision - report.first_revision + 1
    return (
        f"Revisions {report.first_revision} to {report.last_revision} ({plural(count, 'batch', 'batches')})."
    )
