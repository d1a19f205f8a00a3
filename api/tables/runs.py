"""The imports so far, and what one of them noted."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.markup import escape

from api.tables.report import OUTCOMES
from api.tables.style import columns, heading, plural, when

TABLES = {"cis": "CIs", "relationships": "relationships"}
Run = Mapping[str, Any]


def print_runs(console: Console, found: Sequence[Run]) -> None:
    """Print one line an import."""
    table = columns("import", "started", "source", "scope", "status", "CIs", "relationships")
    for run in found:
        table.add_row(
            run["id"],
            _time(run["started"]),
            escape(run["source"]),
            escape(run["scope"]),
            run["status"],
            *(_counts(run[name]) for name in TABLES),
        )
    console.print(table)


def print_run(console: Console, run: Run) -> None:
    """Print what an import did and what it noted of rows that did not fit."""
    whose = f"{run['source']} {run['scope']}".strip()
    whole = "complete" if run["complete"] else "partial"
    console.print(f"[bold]{escape(whose)}[/]  {run['status']}  [dim]{whole}, import {run['id']}[/]")
    ended = f", ended {_time(run['ended'])}" if "ended" in run else ""
    console.print(f"started {_time(run['started'])} by {run['actor']}{ended}", markup=False)
    for name, title in TABLES.items():
        console.print(f"{title:>16}  {_counts(run[name]) or 'none'}")
    for name in ("missing", "retired", "pending", "first_revision", "last_revision"):
        if run.get(name):
            console.print(f"{name.replace('_', ' '):>16}  {run[name]:,}")
    if run.get("held"):
        heading(console, "Held", run["held"])
    for title, lines in (("Not read", run["gaps"]), ("Rejected", run["rejected"])):
        if lines:
            heading(console, title, plural(len(lines), "row") if title == "Rejected" else "")
            for line in lines:
                console.print(f"  {line}", markup=False)


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{counts[outcome]:,} {outcome}" for outcome in OUTCOMES if counts.get(outcome))


def _time(text: str) -> str:
    return when(datetime.fromisoformat(text))
