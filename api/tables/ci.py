"""CIs: a list, one with its relationships, its history."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.markup import escape

from api.tables.differences import described
from api.tables.style import columns, heading, when
from cmdb.history import Entry
from cmdb.store import CI, Relationship, Slice

LISTED = ("name", "class", "status", "environment", "criticality", "owner", "id")
SYSTEM = ("no", "created", "revision")


def print_cis(console: Console, found: Slice) -> None:
    """Print one line a CI."""
    if not found.items:
        console.print("None.")
        return
    table = columns(*LISTED)
    for ci in found.items:
        table.add_row(*(escape(str(ci.get(name, ""))) for name in LISTED))
    console.print(table)
    if found.next:
        console.print("[dim]There are more: raise --limit, or see `next` with --json.[/]")


def print_ci(console: Console, ci: CI, related: Sequence[Relationship]) -> None:
    """Print a CI's attributes and relationships."""
    console.print(f"[bold]{escape(ci['name'])}[/]  [dim]{ci['class']} {ci['id']}[/]")
    for name in sorted(ci.keys() - {"name", "class", "id", *SYSTEM}):
        console.print(f"{name:>16}  {ci[name]}", markup=False)
    _relationships(console, "Depends on", [r for r in related if r.direction == "provider"])
    _relationships(console, "Supports", [r for r in related if r.direction == "dependent"])


def _relationships(console: Console, title: str, related: Sequence[Relationship]) -> None:
    if not related:
        return
    heading(console, title)
    table = columns("type", "name", "class", "group", "need", "said by")
    for one in related:
        terms = one.properties
        table.add_row(
            one.type.lower(),
            escape(one.other["name"]),
            one.other["class"],
            escape(terms.get("group", "")),
            str(terms.get("need", "all" if "group" in terms else "")),
            escape(", ".join(terms["sources"])),
        )
    console.print(table)


def print_history(console: Console, entries: Sequence[Entry], names: Mapping[str, str]) -> None:
    """Print what each revision did to a CI, newest first; `names` gives CIs their names by id."""
    for entry in entries:
        revision = entry.revision
        console.print(
            f"[bold]{revision.seq}[/]  {when(revision.at)}  {escape(revision.actor)}"
            f"  [dim]{escape(revision.reason or revision.origin)}[/]"
        )
        for line in described(entry.differences, names):
            console.print(f"    {line}", markup=False)
