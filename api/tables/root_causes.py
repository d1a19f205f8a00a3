"""What may have broken it, and why each cause ranks where it does."""

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from api.tables.style import MARKS, columns, heading, plural, when
from impact import RankedCause, RootCauses, listing

INDENT = 4
MOST_NAMES = 3
OUTSIDE = "not in the CMDB"


def print_root_causes(console: Console, answer: RootCauses) -> None:
    """Print the explanations, the likeliest first, then what speaks for and against each."""
    told = f"revision {answer.revision} · {when(answer.as_of)}"
    watched = f"{plural(answer.alarms, 'alarm')}, {plural(answer.healthy, 'healthy CI')}"
    console.print(f"[bold]What explains {watched}[/]  [dim]{told}[/]\n")
    console.print(_ranked(answer))
    for number, cause in enumerate(answer.explanations, 1):
        heading(console, f"{number}. {_names(cause)}")
        _reasons(console, cause)
    console.print(f"\n[dim]{plural(answer.tried, 'explanation')} tried; if one of them is true.[/]")


def _ranked(answer: RootCauses) -> Table:
    table = columns(
        *("", "confidence", "with alike", "explains", "healthy against", "silent", "cause"),
        figures=slice(-1),
    )
    for number, cause in enumerate(answer.explanations, 1):
        table.add_row(
            str(number),
            f"{cause.confidence:.1%}",
            f"{cause.with_alike:.1%}" if cause.alike.count else "",
            f"{cause.explained:,} of {answer.alarms:,}",
            f"{cause.contradicted.count:,}",
            f"{cause.silent:,}",
            escape(_names(cause)),
        )
    return table


def _reasons(console: Console, cause: RankedCause) -> None:
    lines = [cause.text]
    if cause.against_first:
        lines.append(f"Behind the first: {cause.against_first}.")
    if cause.alike.count:
        first = cause.alike.first
        names = listing((" + ".join(ci.name for ci in one.causes) for one in first), MOST_NAMES)
        more = cause.alike.count - len(first)
        lines.append(f"Nothing seen tells it from {names}{f' and {more:,} others' if more else ''}.")
    for line in lines:
        console.print(Padding(escape(line), (0, 0, 0, INDENT)))
    for symptom in cause.symptoms:
        way = " ◂ ".join(escape(step.name) for step in reversed(symptom.path))
        console.print(Padding(f"{MARKS[symptom.state]}  {way}", (0, 0, 0, INDENT)))
    hidden = cause.explained - len(cause.symptoms)
    if hidden:
        console.print(Padding(f"[dim]and {hidden:,} more: --symptoms shows more[/]", (0, 0, 0, INDENT)))


def _names(cause: RankedCause) -> str:
    return " + ".join(f"{ci.name} ({ci.class_})" for ci in cause.causes) or OUTSIDE
