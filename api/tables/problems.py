"""What could be a problem, what becomes more frequent, and known errors to offer."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from api.practices.problem.candidates import Candidate, Candidates
from api.practices.problem.known_errors import OfferedError
from api.practices.problem.trends import Trends
from api.tables.style import columns, heading, plural, when

INDENT = 4
MOST = 8


def print_candidates(console: Console, told: Candidates) -> None:
    """Print each candidate with what speaks for it, and how it is accepted."""
    console.print(
        f"[bold]{plural(len(told.items), 'candidate')}[/]  [dim]{when(told.since)} to {when(told.until)}: "
        f"{plural(told.incidents, 'incident')}, {told.tested:,} CIs and providers tested[/]"
    )
    for one in told.items:
        heading(console, one.title, one.problem or f"cmdb problem accept {_key(one)}")
        console.print(Padding(escape(one.evidence), (0, 0, 0, INDENT)))
        if one.incidents:
            more = len(one.incidents) - MOST
            last = ", ".join(one.incidents[-MOST:])
            console.print(f"    {last}{f' and {more:,} before' if more > 0 else ''}", markup=False)


def _key(one: Candidate) -> str:
    """By name, as people type it; by id where several are found to be alike."""
    key = one.key if len(one.suspected) != 1 else f"{one.kind}/{one.suspected[0].name}"
    return f"'{key}'" if " " in key else key


def print_trends(console: Console, told: Trends) -> None:
    """Print what becomes more or less frequent, then when incidents crowd."""
    console.print(
        f"[bold]{plural(told.incidents, 'incident')}[/]  [dim]{when(told.since)} to {when(told.until)}[/]"
    )
    heading(console, "Trends", "first half of the period against the second")
    table = columns("before", "after", "p", "", "", figures=slice(0, 3))
    for trend in told.trends:
        table.add_row(
            *(f"{trend.before:,}", f"{trend.after:,}", f"{trend.p_value:.1e}"),
            *(trend.direction, escape(f"{trend.by} {trend.value}")),
        )
    console.print(table if told.trends else "None.")
    heading(console, "Peaks", "against an even spread over the week and the day")
    table = columns("incidents", "expected", "p", "", figures=slice(0, 3))
    for peak in told.peaks:
        table.add_row(
            f"{peak.incidents:,}", f"{peak.expected:.1f}", f"{peak.p_value:.1e}", f"{peak.by} {peak.value}"
        )
    console.print(table if told.peaks else "None.")


def print_offered(console: Console, found: Sequence[OfferedError]) -> None:
    """Print known errors with what helps."""
    if not found:
        console.print("None.")
    for one in found:
        heading(console, f"{one.number}  {one.title}", one.why)
        console.print(Padding(escape(one.workaround), (0, 0, 0, INDENT)))
