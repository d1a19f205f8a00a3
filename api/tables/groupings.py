"""How many CIs are in each state, by what they have in common."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal

from rich.console import Console
from rich.markup import escape

from api.tables.style import columns, heading
from impact import Impact, StateCounts

Grouping = Literal["class", "team", "site", "distance"]
Row = tuple[str, StateCounts]


def print_grouping(console: Console, answer: Impact, by: Grouping) -> None:
    """Print the counts of an answer in groups."""
    rows = list(ROWS[by](answer))
    if not rows:
        return
    heading(console, f"By {by}")
    table = columns("down", "interrupted", "degraded", "at risk", by, figures=slice(-1))
    for name, row in rows:
        counts = (row.down, row.interrupted, row.degraded, row.at_risk)
        table.add_row(*(str(count or "·") for count in counts), escape(name))
    console.print(table)


def _classes(answer: Impact) -> Iterator[Row]:
    yield from ((row.title, row) for row in answer.counts.by_class)


def _teams(answer: Impact) -> Iterator[Row]:
    yield from ((row.team or "owned by nobody", row) for row in answer.counts.by_team)


def _sites(answer: Impact) -> Iterator[Row]:
    for row in answer.counts.by_site:
        nowhere = "across several sites" if row.spread else "no site known"
        yield row.site.name if row.site else nowhere, row


def _distances(answer: Impact) -> Iterator[Row]:
    yield from ((str(row.distance), row) for row in answer.counts.by_distance)


ROWS: Mapping[Grouping, Callable[[Impact], Iterable[Row]]] = {
    "class": _classes,
    "team": _teams,
    "site": _sites,
    "distance": _distances,
}
