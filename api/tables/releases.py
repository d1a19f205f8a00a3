"""What the CIs of a release say."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from api.practices.release.versions import VersionRow
from api.tables.style import columns, when

NOTHING = "-"


def print_versions(console: Console, rows: Sequence[VersionRow]) -> None:
    """Print one line a CI and attribute."""
    if not rows:
        console.print("None.")
        return
    table = columns("CI", "attribute", "before", "after", "at the baseline", "now", "by discovery")
    for row in rows:
        said = "\n".join(f"{one.value or NOTHING} {one.record} ({when(one.at)})" for one in row.said)
        values = (row.before, row.after, row.baseline, row.now)
        told = (row.name, row.attribute, *(value or NOTHING for value in values), said)
        table.add_row(*map(escape, told))
    console.print(table)
