"""How states and headings look, in colour and without."""

from datetime import UTC, datetime

from rich.console import Console
from rich.markup import escape
from rich.table import Table

MARKS = {
    "down": "[red]● down[/]",
    "interrupted": "[magenta]◒ interrupted[/]",
    "degraded": "[yellow]◐ degraded[/]",
    "at_risk": "[cyan]◌ at risk[/]",
    "up": "[green]○ up[/]",
}
"""Each state by colour and by shape."""


def columns(*names: str, figures: slice = slice(0)) -> Table:
    """An empty table with these columns and no lines; those of `figures` stand on the right."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for name in names:
        table.add_column(name, overflow="fold", no_wrap=False)
    for column in table.columns[figures]:
        column.justify = "right"
    return table


def heading(console: Console, text: str, note: str = "") -> None:
    """A line above a table."""
    console.print(f"\n[bold]{escape(text)}[/]" + (f"  [dim]{escape(note)}[/]" if note else ""))


def when(at: datetime) -> str:
    """A time as people read it."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def plural(count: int, noun: str, nouns: str | None = None) -> str:
    """`1 CI`, `2 CIs`."""
    return f"{count:,} {noun if count == 1 else nouns or noun + 's'}"
