"""Single points of failure, what a scenario exposes, and cut sets."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from rich.console import Console
from rich.markup import escape

from api.tables.style import columns, heading, plural, when
from impact import (
    AcceptedRisk,
    AllSinglePoints,
    CIRef,
    CutSets,
    Exposures,
    RankedPoint,
    Searched,
    SinglePoint,
    SinglePoints,
    listing,
)


def print_single_points(console: Console, answer: SinglePoints) -> None:
    """Print the single points of a service with the reason for each, accepted ones apart."""
    service = answer.service.name
    _headline(console, f"What {service} has no second of", answer.revision, answer.as_of)
    during = _during(answer.scenario.failed)
    if answer.state == "down":
        console.print(escape(f"{service} is down{during}, and so has nothing left to lose."))
        return
    count = plural(answer.count, "single point") if answer.count else "No single point"
    console.print(escape(f"{count} of failure{during}."))
    if answer.exposed:
        console.print(f"[yellow]◌ exposed[/]  {escape(service)} has some of them only{escape(during)}.")
    _points(console, "Single points of failure", answer.points)
    _points(console, "Accepted", answer.accepted)
    _hidden(console, answer.count - len(answer.points) - len(answer.accepted))


def print_all_single_points(console: Console, answer: AllSinglePoints) -> None:
    """Print the single points of all services, and the services that have the most."""
    _headline(console, "What services have no second of", answer.revision, answer.as_of)
    during = _during(answer.scenario.failed)
    points = plural(answer.count, "CI takes", "CIs take")
    console.print(escape(f"{points} down at least one of {plural(answer.services, 'service')}{during}."))
    _ranked(console, "By what hangs on them", answer.points)
    _ranked(console, "Accepted", answer.accepted)
    if answer.by_service:
        heading(console, "Services by their single points")
        table = columns("points", "service", "criticality", "owner")
        for one in answer.by_service:
            told = (one.name, one.criticality or "", one.owner or "")
            table.add_row(f"{one.points:,}", *map(escape, told))
        console.print(table)
    _hidden(console, answer.count - len(answer.points) - len(answer.accepted))


def print_exposures(console: Console, answer: Exposures) -> None:
    """Print the services that a scenario exposes, and what must not fail meanwhile."""
    during = _during(answer.scenario.failed)
    _headline(console, f"What must not fail{during}", answer.revision, answer.as_of)
    if not answer.services:
        console.print("No service is exposed: none has a single point of failure that it had not before.")
        return
    console.print(f"[yellow]◌ {plural(answer.count, 'service')} exposed[/]")
    table = columns("service", "criticality", "owner", "down as soon as one of these fails")
    for one in answer.services:
        more = one.new.count - len(one.new.first)
        named = _named(one.new.first) + (f" and {more:,} more" if more else "")
        table.add_row(*map(escape, (one.name, one.criticality or "", one.owner or "", named)))
    console.print(table)
    _hidden(console, answer.count - len(answer.services))


def print_cut_sets(console: Console, answer: CutSets) -> None:
    """Print the smallest sets of failures that take a service down, and how far the search came."""
    service, during = answer.service.name, _during(answer.scenario.failed)
    _headline(console, f"What takes {service} down{during}", answer.revision, answer.as_of)
    if not answer.sizes:
        state = "down already" if answer.state == "down" else "declared not impacted"
        console.print(escape(f"{service} is {state}: there is nothing to look for."))
    at = 0
    for searched in answer.sizes:
        heading(console, _size(searched), _completeness(searched))
        for cut in answer.cut_sets[at : at + searched.count]:
            console.print(escape(f"  {' + '.join(ci.name for ci in cut.cis)}"))
        at += searched.count


def _headline(console: Console, text: str, revision: int, as_of: datetime) -> None:
    console.print(f"[bold]{escape(text)}[/]  [dim]revision {revision} · {when(as_of)}[/]")


def _during(failed: Sequence[CIRef]) -> str:
    if not failed:
        return ""
    return f" while {listing(ci.name for ci in failed)} {'is' if len(failed) == 1 else 'are'} down"


def _points(console: Console, title: str, points: Sequence[SinglePoint]) -> None:
    if not points:
        return
    heading(console, title)
    table = columns("name", "class", "steps", "services", "without it")
    for point in points:
        new = " [yellow](new)[/]" if point.new else ""
        table.add_row(
            escape(point.name) + new,
            escape(point.class_),
            str(point.distance),
            f"{point.services:,}",
            escape(point.reason.text) + _accepted(point.accepted),
        )
    console.print(table)


def _ranked(console: Console, title: str, points: Sequence[RankedPoint]) -> None:
    if not points:
        return
    heading(console, title)
    table = columns("worth", "services", "name", "class", "owner", "the most critical")
    for point in points:
        table.add_row(
            f"{point.worth:,}",
            f"{point.services:,}",
            *map(escape, (point.name, point.class_, point.owner or "")),
            escape(_named(point.first)) + _accepted(point.accepted),
        )
    console.print(table)


def _accepted(risk: AcceptedRisk | None) -> str:
    if not risk:
        return ""
    until = f" until {risk.until}" if risk.until else ""
    words = f"{'was ' if risk.expired else ''}accepted by {risk.by}{until}: {risk.reason}"
    return f"\n[{'red' if risk.expired else 'dim'}]{escape(words)}[/]"


def _named(cis: Iterable[CIRef]) -> str:
    return ", ".join(ci.name for ci in cis)


def _size(searched: Searched) -> str:
    together = "One CI alone" if searched.size == 1 else f"{searched.size} CIs together"
    return f"{together}: {searched.count:,}"


def _completeness(searched: Searched) -> str:
    reasons = {
        "time": "there may be more: the time was over, see --seconds",
        "number": "there are more: see --limit",
    }
    return reasons[searched.ended_by] if searched.ended_by else "these are all"


def _hidden(console: Console, count: int) -> None:
    if count > 0:
        console.print(f"[dim]and {count:,} more: --limit lists more[/]")
