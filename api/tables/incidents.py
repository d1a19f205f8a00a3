"""The page of an incident, and what sweeps, alerts and notices came to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from rich.console import Console
from rich.markup import escape

from api.practices.changed import ChangedBeneath
from api.practices.incident import ClockView, IncidentPage, Supporter
from api.tables.differences import described
from api.tables.records import print_log
from api.tables.style import MARKS, columns, heading, plural, when
from cmdb.alerts import Taken
from cmdb.incidents import Notice, Swept, worked
from impact.answer.text import listing

MOST_NAMED = 5


def print_page(console: Console, page: IncidentPage) -> None:
    """Print all that helps to diagnose an incident."""
    record, values = page.record, page.record.values
    major = "[red]MAJOR[/]  " if values.get("major") else ""
    console.print(f"{major}[bold]{record.number}[/]  {escape(values['title'])}")
    word = f"impact {values['impact']} by a person's word, " if "impact" in values else ""
    console.print(
        f"[dim]{record.state}, priority {values['priority']}: {word}{page.proposal.impact} by the graph, "
        f"urgency {values.get('urgency', 'unknown')}[/]"
    )
    for clock in page.clocks:
        _print_clock(console, clock)
    _services(console, page)
    _causes(console, page)
    for title, lines in _sections(page):
        _lines(console, title, lines)
    heading(console, "Log")
    print_log(console, page.log)


def _sections(page: IncidentPage) -> Iterator[tuple[str, Iterable[str]]]:
    """Headings, and the lines under each."""
    yield "Changed beneath", (f"{when(o.at)}  {o.name}, {_far(o.steps)}: {o.what}" for o in page.changed)
    yield "Carried out beneath", (_carried(o.at, o.number, o.title, o.state, o.cis) for o in page.carried_out)
    yield "Known errors", (f"{o.number} {o.title}, {o.why}: {o.workaround}" for o in page.known_errors)
    yield "Similar", (f"{o.number} ({o.score:.2f}): {'; '.join(o.reasons)}" for o in page.similar)
    yield "Going on around it", (f"{o.number} {o.title}, {o.why}" for o in page.collisions)
    yield "Outages", (f"{o.number} {o.title}, {o.why}" for o in page.outages)
    yield (
        "Alerts",
        (f"{o['starts_at']}  {o['name']}{'' if o['ends_at'] else ', firing'}" for o in page.alerts),
    )
    yield "Who", (f"{o.team}: {', '.join(o.roles)}{_reached(o)}" for o in page.support)


def print_changed(console: Console, changed: ChangedBeneath, names: Mapping[str, str]) -> None:
    """Print what changed beneath a CI; `names` are those of CIs by id."""
    console.print(
        f"[bold]{escape(names.get(changed.ci, changed.ci))}[/] consists of {plural(changed.beneath, 'CI')}; "
        f"since {when(changed.since)}:"
    )
    _lines(console, "Changed in the graph", described(changed.differences, names))
    carried = (
        _carried(o.at, o.number, o.title, o.state, [names.get(ci, ci) for ci in o.cis])
        for o in changed.carried_out
    )
    _lines(console, "Carried out", carried)
    if not (changed.differences or changed.carried_out):
        console.print("Nothing changed.")


def print_swept(console: Console, swept: Sequence[Swept]) -> None:
    """Print what has become due."""
    for one in swept:
        for happening in one.happened:
            console.print(f"{one.number}  [bold]{happening.what}[/]  {escape(happening.note)}")
    if not swept:
        console.print("Nothing has become due.")


def print_taken(console: Console, taken: Taken) -> None:
    """Print what became of alerts."""
    for what, numbers in (("opened", taken.opened), ("joined", taken.joined), ("restored", taken.restored)):
        if numbers:
            console.print(f"{what:>9}  {', '.join(numbers)}")
    console.print(
        f"{plural(taken.new, 'alert')} new, {taken.over} over, {taken.repeated} known; "
        f"{taken.unmatched} name no CI."
    )


def print_notice(console: Console, notice: Notice, sent: Iterable[str] = ()) -> None:
    """Print a notice, to copy where it was not mailed."""
    mailed = set(sent)
    for one in notice.recipients:
        how = "mailed" if one.email in mailed else one.email or "no address"
        console.print(f"[bold]{escape(one.name)}[/]  {escape(one.why)}  [dim]{escape(how)}[/]")
    console.print(f"\n{notice.subject}\n\n{notice.text}", markup=False)


def _target(clock: ClockView) -> str:
    return worked(timedelta(seconds=clock.target))


def _print_clock(console: Console, clock: ClockView) -> None:
    colour = {"breached": "red", "met": "green", "paused": "cyan"}.get(clock.state, "yellow")
    console.print(
        f"[{colour}]{clock.kind} {clock.state}[/]  {clock.share:g} % of {_target(clock)}, "
        f"due {when(clock.due)}  [dim]{escape(clock.agreement)}[/]"
    )


def _services(console: Console, page: IncidentPage) -> None:
    heading(console, "Services", page.proposal.reason)
    table = columns("state", "service", "criticality", "owner")
    for one in page.services:
        table.add_row(MARKS[one.state], escape(one.name), one.criticality or "", escape(one.owner or ""))
    if page.services:
        console.print(table)
    if page.lost_redundancy:
        console.print(
            f"{plural(page.lost_redundancy, 'service')} hit so hard only as other things fail, too."
        )


def _causes(console: Console, page: IncidentPage) -> None:
    named = ((one, ", ".join(cause.name for cause in one.causes)) for one in page.causes)
    lines = (f"{one.confidence:.0%}  {names or 'not in the CMDB'}: {one.text}" for one, names in named)
    _lines(console, "Likely causes", lines)
    if page.together_with:
        console.print(f"[dim]together with {listing(page.together_with, MOST_NAMED)}[/]")


def _lines(console: Console, title: str, lines: Iterable[str]) -> None:
    """Print some lines under a heading, and neither where there are none."""
    told = list(lines)
    if told:
        heading(console, title)
        for line in told:
            console.print(line, markup=False)


def _far(steps: int) -> str:
    return f"{plural(steps, 'step')} beneath" if steps else "the CI itself"


def _carried(at: str, number: str, title: str, state: str, cis: Iterable[str]) -> str:
    return f"{at}  {number} {title} ({state}): {', '.join(cis)}"


def _reached(one: Supporter) -> str:
    told = ", ".join(way for way in (one.on_call, one.phone, one.email, one.chat) if way)
    return f" ({told})" if told else ""
