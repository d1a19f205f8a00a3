"""What ends, and what can go."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from api.practices.decommission import Decommission
from api.practices.expiries import Expiry
from api.tables.style import columns, heading, plural


def print_expiries(console: Console, expiries: Sequence[Expiry]) -> None:
    """Print one line an expiry, the soonest first."""
    if not expiries:
        console.print("Nothing ends.")
        return
    table = columns("on", "days", "what", "CI", "class", "owner", "down", "degraded", "services")
    for one in expiries:
        figures = (f"{one.days:,}", one.what, one.name, one.class_, one.owner or "")
        counts = f"{one.services_down:,}", f"{one.services_degraded:,}"
        table.add_row(str(one.on), *map(escape, (*figures, *counts, ", ".join(one.services))))
    console.print(table)


def print_decommission(console: Console, found: Decommission) -> None:
    """Print all that speaks against retiring a CI."""
    console.print(
        f"[bold]{escape(found.name)}[/]  without it {plural(found.services_down, 'service')} down, "
        f"{plural(found.services_degraded, 'service')} degraded"
        + (f": {escape(', '.join(found.services))}" if found.services else "")
    )
    for title, lines in (
        ("Who depends on it", [f"{one.name} ({one.class_}) {one.type}" for one in found.dependents]),
        ("Open records", [f"{one.number} {one.state}: {one.title}" for one in found.records]),
        ("What ends", [f"{what} {on}" for what, on in found.ends.items()]),
    ):
        heading(console, title, "" if lines else "none")
        for line in lines:
            console.print(f"  {line}", markup=False)
    console.print("\nNothing speaks against it." if found.clear else "\nIt cannot go yet.")
