"""What each source says of a CI."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from rich.console import Console
from rich.markup import escape

from api.tables.style import columns, when
from cmdb.store import SourceView


def print_sources(console: Console, name: str, views: Sequence[SourceView]) -> None:
    """Print the records that describe a CI, and each attribute with all values that it is said to have."""
    console.print(f"[bold]{escape(name)}[/]  [dim]● what the CI says, ○ what it does not follow[/]")
    table = columns("record", "last said something new", "")
    for view in views:
        table.add_row(escape(view.name), _time(view.observed_at), ", ".join(_standing(view)))
    console.print(table)
    console.print()
    table = columns("attribute", "", "value", "said by")
    for attribute in sorted({attribute for view in views for attribute in view.attributes}):
        told = [(view.attributes[attribute], view.name) for view in views if attribute in view.attributes]
        told.sort(key=lambda one: not one[0].wins)
        for number, (statement, source) in enumerate(told):
            value = "(cleared)" if statement.value is None else str(statement.value)
            table.add_row(
                "" if number else escape(attribute),
                "●" if statement.wins else "○",
                escape(value),
                escape(source),
                style="" if statement.wins else "dim",
            )
    console.print(table)


def _standing(view: SourceView) -> Iterator[str]:
    """How far the record still counts."""
    if view.withdrawn:
        yield "counts no more"
    if view.missing_since:
        yield f"missing since {_time(view.missing_since)}"
    if view.stale:
        yield "stale"
    if view.mentioned:
        yield "only mentions it"


def _time(text: str) -> str:
    return when(datetime.fromisoformat(text)) if text else ""
