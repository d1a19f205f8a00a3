"""Candidates for problems: what recurs, major incidents, and what suppliers and developers tell."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from api.practices.problem.periods import rules_of
from cmdb.errors import Conflict, NotFound
from cmdb.problems import Finding, FoundBy, Happened, accept, happened, open_problems, reported
from cmdb.records import By, Desk, Record
from cmdb.store import Store, find_ci
from impact import CIRef, ImpactEngine
from impact.recurrence import Burst, Occurrence, Period, Recurrence, Recurring, recurrence

Hit = Mapping[str, Sequence[str]]
"""The CIs (by id) that incidents took down or degraded, by number."""
FOUND_BY: Mapping[str, FoundBy] = {"major": "major_incident"}
"""By the kind of a candidate; all others recur."""


class Candidate(BaseModel):
    """What could be a problem, and why."""

    key: str = Field(description="How it is accepted.", examples=["provider/core-1"])
    kind: Literal["ci", "provider", "burst", "major", "supplier", "developer"]
    title: str
    evidence: str = Field(description="The statistic, or what was said.")
    p_value: float | None = Field(
        default=None, description="The chance of that by chance; before correction."
    )
    suspected: list[CIRef] = Field(default=[], description="The CI that it is found at, and those like it.")
    affected: list[str] = Field(default=[], description="CIs (ids) that were down or degraded.")
    incidents: list[str] = []
    problem: str | None = Field(default=None, description="The problem that there is for it.")


class Candidates(BaseModel):
    """What could be a problem in a period; what recurs is told the least likely by chance first."""

    since: datetime
    until: datetime
    incidents: int = Field(description="Incidents that took CIs down or degraded them.")
    tested: int = Field(description="CIs and shared providers that were tested for recurrence.")
    items: list[Candidate]


def candidates(store: Store, engine: ImpactEngine, period: Period) -> Candidates:
    """Everything in a period that could be a problem, with the problem where there is one."""
    seen = happened(store.database, period.since, period.until)
    occurrences = [Occurrence(one.number, one.at, tuple(one.cis)) for one in seen if one.cis]
    found = recurrence(engine.graph(), occurrences, period, rules_of(store))
    hit = {one.number: one.cis for one in seen}
    items = [*_recurring(found, hit), *_bursts(found, occurrences, hit), *_major(seen), *_reports(store)]
    known = open_problems(store.database, {ci.id for one in items for ci in one.suspected})
    return Candidates(
        since=period.since,
        until=period.until,
        incidents=found.incidents,
        tested=found.tested,
        items=[_with_problem(one, known) for one in items],
    )


def accept_candidate(
    store: Store, desk: Desk, engine: ImpactEngine, by: By, key: str, period: Period
) -> Record:
    """Make a problem of a candidate. Raises NotFound, and Conflict where there is one already."""
    one = _by_key(store, candidates(store, engine, period).items, key)
    if one.problem:
        raise Conflict(f"{one.problem} is there for {key} already.", problem=one.problem)
    finding = Finding(
        title=one.title,
        found_by=FOUND_BY.get(one.kind, "recurrence"),
        evidence=one.evidence,
        suspected=[ci.id for ci in one.suspected],
        affected=one.affected,
        incidents=one.incidents,
    )
    return accept(desk, by, finding)


def _recurring(found: Recurrence, hit: Hit) -> Iterator[Candidate]:
    days = (found.until - found.since).total_seconds() / 86_400
    for one in found.found:
        where = "Incidents of" if one.kind == "ci" else "Incidents of what depends on"
        yield Candidate(
            key=f"{one.kind}/{one.id}",
            kind=one.kind,
            title=f"{where} {one.name}",
            evidence=_statistic(one, days, found.tested),
            p_value=one.p_value,
            suspected=[_ref(one), *one.same],
            affected=_hit(one.numbers, hit),
            incidents=one.numbers,
        )


def _statistic(one: Recurring, days: float, tested: int) -> str:
    among = f"{one.hit:,} of {one.exposed:,} CIs were hit" if one.kind == "provider" else "its own"
    return (
        f"{one.incidents:,} incidents in {days:,.0f} days where chance would give {one.expected:.2g} "
        f"({one.times:.3g} times as many, p = {one.p_value:.1e}, one of {tested:,} tested); {among}, "
        f"from {one.first_at:%F} to {one.last_at:%F}"
    )


def _bursts(found: Recurrence, occurrences: Iterable[Occurrence], hit: Hit) -> Iterator[Candidate]:
    """Bursts of CIs that do not recur anyway."""
    told = {one.id for one in found.found}
    for one in found.bursts:
        if one.id in told:
            continue
        told.add(one.id)
        numbers = [each.number for each in occurrences if one.id in each.cis and _within(each, one)]
        yield Candidate(
            key=f"burst/{one.id}",
            kind="burst",
            title=f"Incidents of {one.name} crowd together",
            evidence=f"{one.incidents:,} of its {one.in_period:,} incidents within {one.window_days:g} days, "
            f"from {one.since:%F %R} to {one.until:%F %R} (p ≤ {one.p_value:.1e})",
            p_value=one.p_value,
            suspected=[_ref(one)],
            affected=_hit(numbers, hit),
            incidents=numbers,
        )


def _within(occurrence: Occurrence, burst: Burst) -> bool:
    return burst.since <= occurrence.at <= burst.until


def _major(seen: Iterable[Happened]) -> Iterator[Candidate]:
    for one in seen:
        if one.major:
            yield Candidate(
                key=f"major/{one.number}",
                kind="major",
                title=f"Why {one.title}",
                evidence=f"{one.number} of {one.at:%F %R} was a major incident",
                affected=list(one.cis),
                incidents=[one.number],
                problem=one.problems[0] if one.problems else None,
            )


def _reports(store: Store) -> Iterator[Candidate]:
    """Problems already, but nobody looks into them."""
    for one in reported(store.database):
        who = one.values.get("supplier") or one.opened_by
        yield Candidate(
            key=f"{one.values['found_by']}/{one.number}",
            kind=one.values["found_by"],
            title=one.values["title"],
            evidence=one.values.get("evidence") or f"told by {who} on {one.opened_at}",
            problem=one.number,
        )


def _with_problem(one: Candidate, known: dict[str, str]) -> Candidate:
    number = one.problem or next((known[ci.id] for ci in one.suspected if ci.id in known), None)
    return one.model_copy(update={"problem": number})


def _by_key(store: Store, items: Iterable[Candidate], key: str) -> Candidate:
    kind, _, name = key.partition("/")
    told = {one.key: one for one in items}
    if key in told:
        return told[key]
    if kind in ("ci", "provider", "burst") and name:
        key = f"{kind}/{find_ci(store.database, name)}"
    elif kind == "major":
        key = f"{kind}/{name.upper()}"
    if key not in told:
        raise NotFound(f"There is no candidate {key}. `cmdb problem candidates` lists those of a period.")
    return told[key]


def _ref(one: CIRef) -> CIRef:
    return CIRef(id=one.id, name=one.name, class_=one.class_)


def _hit(numbers: Iterable[str], hit: Hit) -> list[str]:
    return sorted({ci for number in numbers for ci in hit[number]})
