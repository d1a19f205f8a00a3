"""Teams, and delegations."""

from collections.abc import Sequence
from dataclasses import astuple

from rich.console import Console
from rich.markup import escape

from api.tables.style import columns
from cmdb.people import Delegation, Team


def print_teams(console: Console, teams: Sequence[Team]) -> None:
    """Print one line a team."""
    table = columns("name", "mail", "chat", "on call", "phone", "members")
    for team in teams:
        *told, members = astuple(team)
        table.add_row(*map(escape, told), escape(", ".join(members)))
    console.print(table)


def print_delegations(console: Console, delegations: Sequence[Delegation]) -> None:
    """Print one line a delegation."""
    table = columns("of", "to", "from", "until")
    for one in delegations:
        table.add_row(*map(escape, astuple(one)))
    console.print(table)
