"""Two scenarios side by side: the verdict, the sums, and the CIs that do not fare the same."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from api.tables.style import MARKS, columns, heading, when
from impact import ComparedCI, Comparison, StateCounts

MOST_ROWS = 30
TITLES = {
    "worse": "Worse in the second",
    "new": "New in the second",
    "gone": "No longer there in the second",
    "better": "Better in the second",
}
STATES = ("down", "interrupted", "degraded", "at_risk")


def print_comparison(console: Console, answer: Comparison) -> None:
    """Print the whole answer."""
    console.print(f"[bold]{escape(answer.verdict)}[/]")
    _print_counts(console, answer)
    for change, title in TITLES.items():
        _print_changed(console, title, [item for item in answer.items if item.change == change])
    counts = answer.counts
    hidden = sum(c.cis for c in (counts.worse, counts.new, counts.gone, counts.better)) - len(answer.items)
    if hidden > 0:
        console.print(f"[dim]{hidden:,} more CIs differ: --limit and --json list them[/]")


def _print_counts(console: Console, answer: Comparison) -> None:
    table = columns(
        "", *(state.replace("_", " ") for state in STATES), "revision", "as of", figures=slice(1, 6)
    )
    for name, side in (("first", answer.before), ("second", answer.after)):
        for what, counts in (("services", side.services), ("all CIs", side.counts)):
            at = (str(side.revision), when(side.as_of)) if what == "services" else ("", "")
            table.add_row(f"{name}, {what}", *_numbers(counts), *at)
    console.print(table)


def _numbers(counts: StateCounts) -> list[str]:
    return [f"{getattr(counts, state):,}" if getattr(counts, state) else "·" for state in STATES]


def _print_changed(console: Console, title: str, items: Sequence[ComparedCI]) -> None:
    if not items:
        return
    hidden = len(items) - MOST_ROWS
    heading(console, title, f"and {hidden:,} more: --json lists them" if hidden > 0 else "")
    table = columns("CI", "class", "first", "second", "because")
    for item in items[:MOST_ROWS]:
        states = [MARKS[side.state] if side else "[dim]not there[/]" for side in (item.before, item.after)]
        table.add_row(f"[bold]{escape(item.name)}[/]", escape(item.class_), *states, escape(_because(item)))
    console.print(table)


def _because(item: ComparedCI) -> str:
    """Why it fares badly in the second, or why it did in the first."""
    sides = (item.before, item.after) if item.change in ("better", "gone") else (item.after, item.before)
    return next((side.reason.text for side in sides if side and side.reason), "")
