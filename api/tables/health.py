"""How good the data are: figures, the lists behind them, and audits of baselines."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape

from api.tables.style import columns, heading, plural, when
from cmdb.health import Audit, Deviation, Figure, Finding, Findings, Health

DETAILS: Mapping[str, str] = {
    "stale": "last seen {last_seen:.16}, {stale_days:g} days are allowed",
    "missing": "{source} has missed it since {since:.16}",
    "duplicate": "{reason}: {cis}",
    "contradicted": "{attribute} is {manual} by hand, {sources} since {since:.16}",
    "verification_due": "verified {verified_at}",
    "unusual_relationship": "{type} {provider[class]}:{provider[name]}",
    "beyond_class": "{attributes}",
    "small_group": "{group} needs {need} of {has}",
    "unknown_team": "{attribute}: {team}",
    "class_conflict": "{class} says {sources}",
}
"""What a check found about a CI, in words; checks that are not here say all by their name."""


def print_health(console: Console, answer: Health) -> None:
    """Print one line a check, and a table a measure for the parts."""
    console.print(f"[bold]{plural(answer.cis, 'CI')}[/]  [dim]revision {answer.revision}[/]")
    for measure, figures in _by_measure(answer.figures).items():
        heading(console, measure)
        table = columns("in order", "of", "found", "CIs", "list", figures=slice(3))
        for figure in figures:
            title = figure.title if figure.failing else f"[dim]{figure.title}[/]"
            counts = f"{figure.asked:,}", f"{figure.failing:,}"
            table.add_row(_share(figure), *counts, title, f"[dim]cmdb health {figure.check}[/]")
        console.print(table)
    if answer.by:
        _print_parts(console, answer, answer.by)


def _print_parts(console: Console, answer: Health, by: str) -> None:
    for measure, figures in _by_measure(answer.figures).items():
        heading(console, f"{measure} by {by}", "found, of those asked")
        table = columns(
            by, "CIs", *(figure.check.replace("_", " ") for figure in figures), figures=slice(1, None)
        )
        for part in answer.parts:
            told = _by_measure(part.figures)[measure]
            name = f"[dim]no {by}[/]" if part.key is None else escape(part.key)
            table.add_row(name, f"{part.cis:,}", *map(_failing, told))
        console.print(table)


def _by_measure(figures: Sequence[Figure]) -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = {}
    for figure in figures:
        found.setdefault(figure.measure, []).append(figure)
    return found


def _share(figure: Figure) -> str:
    """In whole percent, of which 100 means all and 0 means none."""
    if figure.share is None:
        return "-"
    least, most = int(figure.share > 0), 100 - int(figure.failing > 0)
    return f"{min(max(round(figure.share * 100), least), most)} %"


def _failing(figure: Figure) -> str:
    if not figure.asked:
        return "[dim]-[/]"
    return f"{figure.failing:,}" if figure.failing else "[dim]0[/]"


def print_findings(console: Console, answer: Findings) -> None:
    """Print one line a CI, with what was found about it."""
    figure = answer.figure
    console.print(
        f"[bold]{plural(figure.failing, 'CI')} {figure.title}[/]  "
        f"[dim]of {figure.asked:,} · revision {answer.revision}[/]"
    )
    if not answer.items:
        return
    table = columns("name", "class", "owner", "sources", "found")
    for item in answer.items:
        told = (item.name, item.class_, item.owner or "", ", ".join(item.sources), _found(figure, item))
        table.add_row(*map(escape, told))
    console.print(table)
    _print_more(console, answer.next)


def _found(figure: Figure, item: Finding) -> str:
    words = DETAILS.get(figure.check, "")
    return "; ".join(words.format_map({k: _value(v) for k, v in detail.items()}) for detail in item.details)


def _value(value: Any) -> Any:
    """Lists as people write them."""
    if not isinstance(value, list):
        return "cleared" if value is None else value
    return ", ".join(
        f"{one['source']} says {one['value']}" if isinstance(one, dict) else one for one in value
    )


def print_audit(console: Console, answer: Audit) -> None:
    """Print one line a deviation."""
    console.print(
        f"[bold]Since {escape(answer.baseline)}[/] (revision {answer.baseline_revision}) discovery found "
        f"{answer.missing:,} missing, {answer.changed:,} changed, {answer.new:,} new"
        f"  [dim]revision {answer.revision}[/]"
    )
    if answer.by_people:
        console.print(f"[dim]{plural(answer.by_people, 'difference')} made by people: see cmdb diff[/]")
    if not answer.items:
        return
    table = columns("", "what", "difference", "source", "revision", "time", "by")
    for one in answer.items:
        by = f"{one.actor} ({one.origin})"
        told = (
            one.found,
            _subject(one),
            _difference(one),
            one.source or "",
            str(one.revision),
            when(one.at),
            by,
        )
        table.add_row(*map(escape, told))
    console.print(table)
    _print_more(console, answer.next)


def _subject(one: Deviation) -> str:
    subject = f"{one.ci.class_}:{one.ci.name}"
    if one.provider is None:
        return subject
    return f"{subject} {one.relationship} {one.provider.name}" + (f" in {one.group}" if one.group else "")


def _difference(one: Deviation) -> str:
    if one.since:
        return f"missed since {when(one.since)}"
    return "; ".join(
        f"{field.name}: {'none' if field.before is None else field.before}"
        f" → {'none' if field.after is None else field.after}"
        for field in one.fields
    )


def _print_more(console: Console, following: str | None) -> None:
    if following:
        console.print("[dim]There are more: raise --limit, or see `next` with --json.[/]")
