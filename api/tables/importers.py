"""The importers there are."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from api.tables.style import columns
from importers import Importer


def print_importers(console: Console, importers: Sequence[Importer]) -> None:
    """Print one line an importer, and one for each of its options."""
    table = columns("name", "what it reads, and its options")
    table.add_row("csv", "Tables of CIs, relationships and teams in the plain exchange format")
    for one in importers:
        table.add_row(one.name, escape(one.title))
        for option in one.options:
            default = f" [dim](default {escape(option.default)})[/]" if option.default else ""
            table.add_row("", f"  -o {option.name}=…  {escape(option.description)}{default}")
    console.print(table)
