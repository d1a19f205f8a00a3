"""Teams."""

from collections.abc import Sequence
from dataclasses import astuple

from rich.console import Console
from rich.markup import escape

from api.tables.style import columns
from cmdb.people import Team


def print_teams(console: Console, teams: Sequence[Team]) -> None:
    """Print one line a team."""
    table = columns("name", "mail", "chat", "on call", "phone")
    for team in teams:
        table.add_row(*map(escape, astuple(team)))
    console.print(table)
