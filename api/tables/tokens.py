"""Tokens."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from api.tables.style import columns, when
from cmdb.access import Token


def print_tokens(console: Console, tokens: Sequence[Token]) -> None:
    """Print one line a token."""
    table = columns("name", "role", "created", "expires", "last used")
    for token in tokens:
        table.add_row(
            escape(token.name),
            token.role,
            when(token.created),
            when(token.expires) if token.expires else "never",
            when(token.last_used) if token.last_used else "never",
        )
    console.print(table)
