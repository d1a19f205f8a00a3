"""The brief as Markdown that prints on one page, and the same as HTML."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from api.practices.change.brief import Brief, StepLine
from cmdb.changes import Condition, Hurt

MOST = 4
"""Most lines of any list, so that all fit on a page."""
NAMES = 4
LONGEST = 240
"""Most letters of a line."""
STYLE = (
    "@page{size:A4;margin:10mm}body{font:7.5pt/1.15 sans-serif;max-width:190mm;margin:0}"
    "h1{font-size:13pt;margin:0}h2{font-size:8.5pt;margin:3pt 0 0}"
    "ul{margin:0;padding-left:12pt}p{margin:2pt 0}"
)
PLURAL: dict[Condition, str] = {
    "down": "Down",
    "interrupted": "Interrupted",
    "degraded": "Degraded",
    "exposed": "Exposed",
}
Section = tuple[str, Sequence[str]]


def markdown(brief: Brief) -> str:
    """The page as text: at most 75 lines, whatever the change."""
    parts = [f"# {brief.number}: {brief.title}", "", *brief_head(brief)]
    for title, lines in sections(brief):
        parts += ["", f"## {title}", *(f"- {_cut(line)}" for line in lines)]
    return "\n".join(parts) + "\n"


def html(brief: Brief) -> str:
    """The page as a document of its own, set for A4."""
    told = "".join(
        f"<h2>{escape(title)}</h2><ul>{''.join(f'<li>{escape(_cut(line))}</li>' for line in lines)}</ul>"
        for title, lines in sections(brief)
    )
    head = "".join(f"<p>{escape(line)}</p>" for line in brief_head(brief))
    title = escape(f"{brief.number}: {brief.title}")
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{STYLE}</style></head><body><h1>{title}</h1>{head}{told}</body></html>\n"
    )


def brief_head(brief: Brief) -> list[str]:
    """What and why, and whether what follows still holds."""
    window, told = brief.window, brief.assessment
    head = [
        f"{brief.description}",
        f"{brief.state}, {brief.model}; asked for by {brief.requested_by}, carried out by "
        f"{brief.team or 'nobody yet'}; {window.start:%Y-%m-%d %H:%M} to {window.end:%Y-%m-%d %H:%M} UTC",
        told.findings.risk.text,
    ]
    if brief.outdated:
        head.append(f"OUTDATED since it was assessed at {told.at}: {'; '.join(_few(brief.outdated))}")
    else:
        head.append(f"Assessed at {told.at}, revision {told.revision}; it still holds")
    return list(map(_cut, head))


def sections(brief: Brief) -> Iterator[Section]:
    """The sections, in their order; each says that there is nothing rather than nothing."""
    found = brief.assessment.findings
    yield "Steps", _few(_step(one) for one in brief.steps)
    yield "As planned", list(_hurt(found.planned)) or ["No service is hurt"]
    if found.hurried:
        yield "If a step is begun before the last has recovered", list(_hurt(found.hurried))
    yield "In the worst case", list(_hurt(found.worst_case)) or ["No service is hurt"]
    yield (
        "Collisions and freezes",
        _few([*(f"Freeze: {name}" for name in found.freezes), *(one.text for one in found.collisions)])
        or ["None"],
    )
    factors = sorted(found.risk.factors, key=lambda one: -one.points)[:MOST]
    yield "Top risk factors", [_factor(one.text, one.points, one.maximum, one.known) for one in factors]
    yield "Back-out and evidence", _back_out(brief)
    yield "Approvals", _approvals(brief)
    yield "Whom to tell", [_names(found.contacts) or "Nobody is known"]
    yield "What this rests on", _few(found.confidence) or ["Nothing that is in doubt"]
    yield (
        "Earlier changes like it",
        [
            f"{one.number} {one.title}: {one.outcome} ({one.closed_at:.10}, {one.shared:,} of the same CIs)"
            for one in brief.earlier
        ]
        or ["None"],
    )


def _step(one: StepLine) -> str:
    back = "" if one.can_back_out else "; no way back"
    times = f"{one.begin[11:16]} to {one.end[11:16]}"
    return f"{times} {one.name}: {one.action} {_names(one.cis)}; {one.effect}, at worst {one.worst}{back}"


def _hurt(hurt: Iterable[Hurt]) -> Iterator[str]:
    """A line a condition."""
    told = list(hurt)
    for condition, title in PLURAL.items():
        names = [_lasting(one) for one in told if one.condition == condition]
        if names:
            yield f"{title} ({len(names):,}): {_names(names)}"


def _lasting(one: Hurt) -> str:
    lasting = "without end" if one.seconds is None else f"{one.seconds / 60:,.3g} min"
    criticality = f", {one.criticality}" if one.criticality else ""
    return f"{one.name} ({lasting}{criticality})"


def _factor(text: str, points: float, most: float, known: bool) -> str:
    return f"{points:g} of {most:g}: {text}{'' if known else ' (not all of it known)'}"


def _back_out(brief: Brief) -> list[str]:
    back_out = brief.back_out
    evidence = f"Test evidence: {brief.test_evidence or 'none'}"
    if back_out is None:
        return ["There is no way back", evidence]
    tested = "tested" if back_out.tested else "not tested"
    too_long = f"{-brief.spare / 60:,.3g} min too long for the window"
    fits = "fits into the window" if brief.spare >= 0 else too_long
    return [f"{back_out.text} ({back_out.duration / 60:,.3g} min, {tested}, {fits})", evidence]


def _approvals(brief: Brief) -> list[str]:
    given = [
        f"Approved by {one.by} for {_names(one.teams)}{f'; {one.conditions}' if one.conditions else ''}"
        for one in brief.approvals
    ]
    missing = [f"Missing: {one.team}, {one.persons} to approve ({one.why})" for one in brief.missing]
    by_template = brief.assessment.authorised_by
    covered = [f"Covered by the approval of {by_template}, of the same template"] if by_template else []
    return _few([*missing, *given, *covered]) or ["None needed"]


def _few(lines: Iterable[str]) -> list[str]:
    told = list(lines)
    rest = len(told) - MOST
    return told if rest <= 0 else [*told[:MOST], f"and {rest:,} more"]


def _cut(line: str) -> str:
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _names(names: Iterable[str]) -> str:
    told = list(names)
    rest = len(told) - NAMES
    return ", ".join(told[:NAMES]) + (f" and {rest:,} more" if rest > 0 else "")
