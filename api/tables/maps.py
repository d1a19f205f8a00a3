"""What a service stands on, and who depends on a CI."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from api.tables.style import MARKS, columns, heading, plural, when
from impact import Dependents, LeftOut, MapCI, ServiceMap

MOST_ROWS = 25
MOST_FINDINGS = 3
INDENT = 4


def print_map(console: Console, answer: ServiceMap) -> None:
    """Print the map layer by layer: each CI with its state and what it needs."""
    _headline(console, f"What {answer.service.name} stands on", answer)
    for layer in answer.layers:
        if layer.distance:
            hidden = len(layer.cis) - MOST_ROWS
            note = f"and {hidden:,} more: --json lists all" if hidden > 0 else ""
            heading(console, f"{plural(layer.distance, 'step')} away, {plural(len(layer.cis), 'CI')}", note)
        for ci in layer.cis[:MOST_ROWS]:
            _ci(console, ci)
    _left_out(console, answer.left_out)


def print_dependents(console: Console, answer: Dependents) -> None:
    """Print who depends on the CI, for whom, and what becomes of them."""
    _headline(console, f"Who depends on {answer.ci.name}, and what if it fails alone", answer)
    if not answer.dependents:
        console.print("No such CI depends on it, as far as is known.")
    else:
        console.print(_dependents(answer))
    hidden = answer.count - min(MOST_ROWS, len(answer.dependents))
    if hidden:
        console.print(f"[dim]and {hidden:,} more: --json lists up to --most of them[/]")
    _left_out(console, answer.left_out)


def _dependents(answer: Dependents) -> Table:
    table = columns("state", "name", "class", "criticality", "steps", "owner", "used by")
    for ci in answer.dependents[:MOST_ROWS]:
        told = (ci.name, ci.class_, ci.criticality, str(ci.distance), ci.owner, ", ".join(ci.used_by))
        table.add_row(MARKS[ci.state], *(escape(text or "") for text in told))
    return table


def _headline(console: Console, words: str, answer: ServiceMap | Dependents) -> None:
    console.print(f"[bold]{escape(words)}[/]  [dim]revision {answer.revision} · {when(answer.as_of)}[/]")


def _ci(console: Console, ci: MapCI) -> None:
    words = [f"[bold]{escape(ci.name)}[/]", f"[dim]{escape(ci.class_)}[/]", escape(ci.owner or "")]
    console.print(f"{MARKS[ci.state]}  {'  '.join(word for word in words if word)}")
    for line in _findings([group.text for group in ci.groups]):
        console.print(Padding(escape(line), (0, 0, 0, INDENT)))


def _findings(lines: Sequence[str]) -> list[str]:
    hidden = len(lines) - MOST_FINDINGS
    return [*lines[:MOST_FINDINGS], *([f"and {hidden} more"] if hidden > 0 else [])]


def _left_out(console: Console, left_out: LeftOut) -> None:
    """Say what is not shown, and from which distance on."""
    if not left_out.count:
        return
    classes = ", ".join(f"{at.count:,} {at.class_}" for at in left_out.by_class)
    layers = ", ".join(f"{at.count:,} at {plural(at.distance, 'step')}" for at in left_out.by_layer)
    cut = f"; nothing is shown from {plural(left_out.cut_at, 'step')} on" if left_out.cut_at else ""
    heading(console, f"{plural(left_out.count, 'CI')} left out{cut}")
    console.print(escape(f"{classes}\n{layers}"))
