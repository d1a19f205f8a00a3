"""For how long services are away."""

from rich.console import Console
from rich.markup import escape

from api.tables.impact import print_asked
from api.tables.style import MARKS, columns, heading
from impact import Interruptions, Item, duration


def print_interruptions(console: Console, answer: Interruptions) -> None:
    """Print the services that are away, the longest first, and what decides it."""
    print_asked(console, answer.scenario, answer.revision, answer.as_of)
    heading(console, "Services away", "" if answer.services else "none")
    if not answer.services:
        return
    table = columns("service", "state", "for", "why")
    for item in answer.services:
        table.add_row(escape(item.name), MARKS[item.state], _time(item), escape(_why(item)))
    console.print(table)


def _time(item: Item) -> str:
    return duration(item.seconds) if item.seconds else "good"


def _why(item: Item) -> str:
    if not item.reason:
        return ""
    path = " → ".join(step.name for step in item.reason.path[:-1])
    return f"{item.reason.text}" + (f"  ({path})" if path else "")
