"""Changes: assessments, collisions, the agenda, and what came of them."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from api.practices.change.agenda import Agenda, Point
from api.practices.change.collisions import reasons
from api.practices.change.confirmation import UnauthorisedChange, UnconfirmedChange
from api.practices.change.reviewing import Comparison
from api.tables.style import columns, heading, plural, when
from cmdb.changes import Assessment, ChangeModels, Hurt, template_hash
from cmdb.records import Record, Verification
from impact.planning import Collisions, Stretch
from impact.risk import Calibration


def print_models(console: Console, found: ChangeModels) -> None:
    """Print one line a model."""
    table = columns("model", "approval", "review", "pre-authorised up to", "template", "description")
    for name, model in found.models.items():
        template = template_hash(model.template)[:12] if model.template else ""
        ceiling = f"{model.pre_authorised_up_to} risk" if template else ""
        table.add_row(name, model.approval, model.review, ceiling, template, escape(model.description))
    console.print(table)


def print_assessment(console: Console, record: Record, told: Assessment) -> None:
    """Print what was found of a change, and who must approve it."""
    found = told.findings
    console.print(f"[bold]{record.number}[/]  {escape(str(record.values['title']))}")
    console.print(f"[dim]assessed {told.at}, revision {told.revision}[/]")
    console.print(escape(found.risk.text))
    for title, lines in (
        ("As planned", _hurt(found.planned)),
        ("In a hurry", _hurt(found.hurried)),
        ("In the worst case", _hurt(found.worst_case)),
        ("Collisions", [one.text for one in found.collisions]),
        ("Freezes", list(found.freezes)),
        ("Whom to tell", [", ".join(found.contacts)] if found.contacts else []),
        ("What this rests on", list(found.confidence)),
        ("Risk", [f"{one.points:5g} of {one.maximum:3g}  {one.text}" for one in found.risk.factors]),
        ("Must approve", [f"{one.team}: {one.persons} ({one.why})" for one in told.approvals]),
    ):
        _print_lines(console, title, lines)
    if told.authorised_by:
        console.print(f"\nCovered by the approval of {told.authorised_by}, of the same template.")


def print_outdated(console: Console, differing: Sequence[str]) -> None:
    """Print whether an assessment still holds, and what differs."""
    if not differing:
        console.print("\n[green]It still holds.[/]")
        return
    heading(console, "Outdated", "assess it again")
    for line in differing:
        console.print(f"  {line}", markup=False)


def print_verification(console: Console, found: Verification) -> None:
    """Print whether a log is whole."""
    if found.whole:
        console.print(f"{found.number}: all {plural(found.entries, 'entry', 'entries')} as written.")
    if found.broken_at is not None:
        console.print(f"[red]{found.number}: entry {found.broken_at} is not as it was written.[/]")
    for name in found.altered:
        console.print(f"[red]{found.number}: {escape(name)} says something else than the log.[/]")


def print_collisions(console: Console, found: Collisions) -> None:
    """Print every collision, and every joint loss."""
    console.print(
        f"[bold]{found.number}[/]  {plural(found.overlapping, 'other change')} with a window that overlaps"
    )
    if found.collisions:
        table = columns("change", "from", "until", "why")
        for one in found.collisions:
            table.add_row(one.number, when(one.begin), when(one.end), escape("; ".join(reasons(one))))
        console.print(table)
    for loss in found.joint_losses:
        times = ", ".join(
            f"{when(one.begin)} to {when(one.end) if one.end else 'ever'}" for one in loss.times
        )
        heading(console, f"Only together: {', '.join(loss.changes)}", times)
        for state, listed in (("down", loss.down), ("degraded", loss.degraded)):
            for ci in listed.first:
                console.print(f"  {state}  {ci.name} ({ci.class_})", markup=False)
    if found.free:
        console.print("It collides with none.")


def print_windows(console: Console, found: Sequence[Stretch]) -> None:
    """Print one line a window."""
    if not found:
        console.print("No window is free in the next 90 days.")
        return
    table = columns("from", "until")
    for one in found:
        table.add_row(when(one.begin), when(one.end) if one.end else "")
    console.print(table)


def print_agenda(console: Console, found: Agenda) -> None:
    """Print the changes ahead, the riskiest first."""
    window = found.window
    console.print(f"[dim]{when(window.start)} to {when(window.end)}[/]")
    for point in found.points:
        _print_point(console, point)
    if not found.points:
        console.print("Nothing is planned.")


def _print_point(console: Console, point: Point) -> None:
    risk = f"{point.risk} risk" if point.risk else "not assessed"
    heading(console, f"{point.number}  {point.title}", f"{risk}, {point.state}, {point.team or 'no team'}")
    console.print(f"  {point.starts} to {point.ends}", markup=False)
    for one in point.decisions:
        conditions = f"; {one.conditions}" if one.conditions else ""
        console.print(f"  {one.verdict} by {one.by} for {', '.join(one.teams)}{conditions}", markup=False)
    for lacking in point.missing:
        console.print(f"  missing: {lacking.team}, {lacking.persons} to approve", markup=False)
    for said in point.minutes:
        console.print(f"  {said.at} {said.by}: {said.text}", markup=False)


def print_comparison(console: Console, found: Comparison) -> None:
    """Print foretold and actual."""
    happened = [f"{one.number} {one.title} ({one.state}): {', '.join(one.cis)}" for one in found.actual]
    for title, lines in (
        ("Foretold", _hurt(found.foretold)),
        ("What happened", happened),
        ("Not foretold", found.unforeseen),
        ("Foretold, and not reported", found.spared),
    ):
        _print_lines(console, title, lines)


def print_calibration(console: Console, found: Calibration) -> None:
    """Print predicted against observed, by level of likelihood."""
    table = columns("likelihood", "changes", "failed", "predicted", "observed", "95 %", figures=slice(1, 6))
    for band in found.bands:
        low, high = band.interval
        shares = (band.predicted, band.observed)
        told = ("" if share is None else f"{share:.1%}" for share in shares)
        table.add_row(band.level, f"{band.changes:,}", f"{band.failed:,}", *told, f"{low:.1%} to {high:.1%}")
    console.print(table)
    console.print(escape(f"{found.text}."))


def print_unauthorised(console: Console, found: Sequence[UnauthorisedChange]) -> None:
    """Print one line a difference."""
    if not found:
        console.print("Every difference that discovery found has its change.")
        return
    table = columns("found", "CI", "source", "revision", "what differs")
    for one in found:
        table.add_row(
            when(one.at), escape(one.name), escape(one.source), str(one.revision), ", ".join(one.attributes)
        )
    console.print(table)


def print_unconfirmed(console: Console, found: Sequence[UnconfirmedChange]) -> None:
    """Print one line a change."""
    if not found:
        console.print("Discovery has seen all that was done.")
        return
    table = columns("change", "state", "window ended", "discovery", "CIs", "title")
    for one in found:
        looked = "has run since" if one.looked else "has not run since"
        table.add_row(one.number, one.state, one.ends, looked, escape(", ".join(one.cis)), escape(one.title))
    console.print(table)


def _hurt(hurt: Sequence[Hurt]) -> list[str]:
    return [f"{one.text}{f' ({one.criticality})' if one.criticality else ''}" for one in hurt]


def _print_lines(console: Console, title: str, lines: Sequence[str]) -> None:
    heading(console, title, "" if lines else "none")
    for line in lines:
        console.print(f"  {line}", markup=False)
