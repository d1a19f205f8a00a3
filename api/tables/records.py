"""Records: a list, one with all that it says, its log."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape

from api.records import Log, RecordView
from api.tables.style import columns, heading, plural

LISTED = ("priority", "team")
"""Fields that a list shows where a record has them."""
LONGEST = 300


def print_records(console: Console, records: Sequence[RecordView], more: bool = False) -> None:
    """Print one line a record."""
    if not records:
        console.print("None.")
        return
    shown = [name for name in LISTED if any(name in record.values for record in records)]
    table = columns("number", "opened", "state", *shown, "title")
    for record in records:
        values = [said(record.values.get(name, "")) for name in (*shown, "title")]
        table.add_row(record.number, record.opened_at, record.state, *map(escape, values))
    console.print(table)
    if more:
        console.print("[dim]There are more: raise --limit, or see `next` with --json.[/]")


def print_record(console: Console, record: RecordView) -> None:
    """Print all that a record says."""
    console.print(f"[bold]{record.number}[/]  {escape(said(record.values.get('title', '')))}")
    closed = f", closed {record.closed_at}" if record.closed_at else ""
    console.print(
        f"[dim]{record.kind}, [bold]{record.state}[/], opened {record.opened_at} by "
        f"{escape(record.opened_by)}{closed}[/]"
    )
    for name, value in record.values.items():
        if name != "title":
            console.print(f"{name:>16}  {said(value)}", markup=False)
    for heading_, lines in (
        ("CIs", [f"{link.condition:>16}  {link.name or link.ci}" for link in record.links]),
        ("Related", [f"{one.type:>16}  {one.number}" for one in record.related]),
        ("Attached", [f"{one.name:>16}  {one.url}" for one in record.attachments]),
    ):
        if lines:
            heading(console, heading_)
            console.print("\n".join(lines), markup=False)
    heading(console, "Steps from here", ", ".join(record.steps) or "none")


def print_log(console: Console, log: Log) -> None:
    """Print what happened to a record, oldest first, and whether the log is whole."""
    for entry in log.entries:
        to = f" → {entry.to_state}" if entry.to_state not in (None, entry.from_state) else ""
        console.print(f"{entry.at}  [bold]{escape(entry.what)}[/]{to}  [dim]{escape(entry.by)}[/]")
        if entry.note:
            console.print(f"    {entry.note}", markup=False)
        for name, (before, after) in entry.changes.items():
            console.print(f"    {name}: {_changed(before, after)}", markup=False)
    if log.broken_at:
        console.print(f"[bold red]Entry {log.broken_at} is not as it was written.[/]")
    elif log.altered:
        console.print(f"[bold red]Not as its log says: {escape(', '.join(log.altered))}.[/]")
    else:
        console.print(f"[dim]The log is whole: {log.entries[-1].seal if log.entries else 'empty'}[/]")


def said(value: Any) -> str:
    """A value as people read it, in one line; of a document, what parts it has."""
    if value is None:
        return "-"
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    if isinstance(value, Mapping):
        return f"with {', '.join(value)}"
    if isinstance(value, list):
        return plural(len(value), "part")
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _changed(before: Any, after: Any) -> str:
    """What differs; of two documents, which parts do."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        parts = [name for name in {**before, **after} if before.get(name) != after.get(name)]
        return f"changed in {', '.join(parts)}"
    was = "" if before is None else f"{said(before)} → "
    return f"{was}{said(after)}"
