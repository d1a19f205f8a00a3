"""An impact answer: services, CIs by class, whom to tell, what is not known."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from api.tables.groupings import Grouping, print_grouping
from api.tables.style import MARKS, columns, heading, plural, when
from impact import (
    Asked,
    Confidence,
    Contact,
    Doubt,
    Impact,
    Item,
    Listed,
    Reason,
    StateCounts,
    conditions,
)

BUSINESS = "business_service"
MOST_ROWS = 15
INDENT, CRITICALITY = 12, 8
"""Columns of the name, and width of the criticality."""


def print_impact(
    console: Console, answer: Impact, full: bool = False, by: Grouping = "class", filtered: bool = False
) -> None:
    """Print the whole answer; with `full`, every CI of the page; `filtered`: only these, not the services."""
    print_headline(console, answer)
    if filtered:
        print_items(console, f"CIs that match: {answer.matching:,}", answer.items)
    else:
        business, beneath = _services(answer)
        print_items(console, "Business services", business)
        print_items(console, "Services beneath them", beneath)
        if full:
            print_items(console, "All CIs", answer.items)
    print_grouping(console, answer, by)
    print_contacts(console, answer.contacts)
    print_confidence(console, answer.confidence)


def print_headline(console: Console, answer: Impact) -> None:
    """Print what was asked, at which revision, and the sums."""
    print_asked(console, answer.scenario, answer.revision, answer.as_of)
    business = next((c for c in answer.counts.by_class if c.class_ == BUSINESS), StateCounts())
    console.print(f"  business services  {_sum(business)}")
    console.print(f"  all services       {_sum(answer.counts.services)}")
    console.print(f"  all CIs            {_sum(answer.counts)}")


def print_asked(console: Console, asked: Asked, revision: int, as_of: datetime) -> None:
    """Print what was asked, at which revision."""
    console.print(f"[bold]If {escape(conditions(asked))}[/]  [dim]revision {revision} · {when(as_of)}[/]")
    if asked.types:
        console.print(f"[dim]Only {', '.join(asked.types)} counts.[/]")
    if asked.ignore_redundancy:
        console.print("[dim]Redundancy is ignored: this is everything that can be reached.[/]")


def print_business_services(console: Console, answer: Impact) -> None:
    """Print the services of the business, each with the reason for its state."""
    print_items(console, "Business services", _services(answer)[0])


def _services(answer: Impact) -> tuple[list[Item], list[Item]]:
    """The services of the business, and those beneath them."""
    business = [item for item in answer.services if item.class_ == BUSINESS]
    return business, [item for item in answer.services if item.class_ != BUSINESS]


def print_confidence(console: Console, confidence: Confidence) -> None:
    """Print on what the answer rests, and what is not known."""
    lines = [
        f"{ci.name}: nothing is known to depend on it, which is not the same as no impact"
        for ci in confidence.nothing_known
    ]
    lines += _listed("rests on redundancy that a source assumed", confidence.assumed)
    lines += _listed("has a redundancy group that cannot be meant as it stands", confidence.defects)
    if count := confidence.unverified.count:
        first = ", ".join(ci.name for ci in confidence.unverified.first[:3])
        lines.append(f"{plural(count, 'CI')} that no source has confirmed: {first}{'…' * (count > 3)}")
    if confidence.purged:
        lines.append(f"{plural(confidence.purged, 'CI')} purged since, and so missing here")
    heading(console, "What is not known", "" if lines else "nothing that this answer rests on")
    for line in lines:
        console.print(f"? {line}", markup=False)


def _listed(what: str, doubts: Listed[Doubt]) -> list[str]:
    lines = [f"{doubt.text} ({what})" for doubt in doubts.first]
    hidden = doubts.count - len(lines)
    return lines + ([f"{hidden:,} more CIs: {what}"] if hidden else [])


def print_items(console: Console, title: str, items: Sequence[Item]) -> None:
    """Print CIs, each with the reason for its state and the path that leads to it."""
    if not items:
        return
    hidden = len(items) - MOST_ROWS
    heading(console, title, f"and {hidden} more: --json lists all" if hidden > 0 else "")
    shown = items[:MOST_ROWS]
    width = max(cell_len(item.name) for item in shown)
    for item in shown:
        name, criticality = set_cell_size(item.name, width), (item.criticality or "").ljust(CRITICALITY)
        console.print(
            f"{MARKS[item.state]}{' ' * (INDENT - cell_len(item.state) - 2)}"
            f"[bold]{escape(name)}[/]  {criticality}  {escape(item.owner or '')}"
        )
        if item.reason:
            console.print(Padding(_why(item.reason), (0, 0, 0, INDENT)))


def _why(reason: Reason) -> str:
    path = " → ".join(step.name for step in reason.path[:-1])
    return escape(reason.text) + (f"\n[dim]{escape(path)}[/]" if path else "")


def print_contacts(console: Console, contacts: Sequence[Contact]) -> None:
    """Print the teams to tell, why, and how they are reached."""
    heading(console, "Whom to tell", "" if contacts else "no team is known")
    if not contacts:
        return
    table = columns("team", "because of", "chat", "phone", "on call")
    for contact in contacts:
        reached = (contact.chat, contact.phone or contact.email, contact.on_call)
        table.add_row(
            escape(contact.team), escape(_because(contact)), *(escape(text or "") for text in reached)
        )
    console.print(table)


def _because(contact: Contact) -> str:
    first = contact.concerns[0]
    more = contact.down + contact.interrupted + contact.degraded + contact.at_risk - 1
    return f"{first.name} {first.state.replace('_', ' ')}" + (f", {more} more" if more > 0 else "")


def _sum(counts: StateCounts) -> str:
    said: Iterable[tuple[int, str, str]] = (
        (counts.down, "down", "red"),
        (counts.interrupted, "interrupted", "magenta"),
        (counts.degraded, "degraded", "yellow"),
        (counts.at_risk, "at risk", "cyan"),
    )
    parts = [f"[{colour}]{count:,} {word}[/]" for count, word, colour in said if count]
    return ", ".join(parts) or "[green]none affected[/]"
