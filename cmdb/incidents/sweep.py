"""The sweep: what clocks have come to is written into logs, each mark and each escalation once."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from cmdb.clocks import BREACH, Escalation, Mark, read_clock
from cmdb.history import Draft, revise
from cmdb.incidents.clocks import worked
from cmdb.incidents.levels import PromisedClock, ServiceLevels
from cmdb.incidents.recipients import told
from cmdb.incidents.timed import Read, Timed, open_incidents, timed
from cmdb.records import By, Desk, Edit, Record, instant, locked, moved, noted


class Happening(NamedTuple):
    """Something that a clock has led to. `key` marks it as done; `team` takes the incident over."""

    key: str
    what: str
    note: str
    recipients: tuple[str, ...] = ()
    team: str | None = None


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep wrote into the log of one incident."""

    number: str
    title: str
    happened: tuple[Happening, ...]


def sweep(desk: Desk, levels: ServiceLevels, by: By, now: datetime) -> list[Swept]:
    """Write down what has become due by `now`; running it again, or twice at once, writes nothing twice."""
    late = [
        incident.record.number
        for incident in open_incidents(desk.database)
        if any(due(desk.database.read, levels, incident, now))
    ]
    swept = (_write(desk, levels, by, number, now) for number in late)
    return [one for one in swept if one.happened]


def due(read: Read, levels: ServiceLevels, incident: Timed, now: datetime) -> Iterator[Happening]:
    """What has become due for an incident and is not in its log yet."""
    done = set(incident.record.values.get("marks") or ())
    for happening in _due(read, levels, incident, now, done):
        if happening.key not in done:
            yield happening


def _due(
    read: Read, levels: ServiceLevels, incident: Timed, now: datetime, done: Collection[str]
) -> Iterator[Happening]:
    record = incident.record
    for running in levels.clocks(incident):
        reading = read_clock(running.clock, now, levels.escalations.percents)
        for mark in reading.marks:
            if mark.passed:
                yield from _at(read, levels, record, running, mark, done)
    if late := levels.next_update(incident, now):
        yield Happening(f"update {instant(late)}", "warn", f"Those affected were to hear by {instant(late)}.")


def _at(
    read: Read,
    levels: ServiceLevels,
    record: Record,
    running: PromisedClock,
    mark: Mark,
    done: Collection[str],
) -> Iterator[Happening]:
    """What a mark leads to; whom to tell is asked of the graph only where it is not `done`."""
    policy, kind, percent = levels.escalations, running.kind, mark.percent
    what = (
        f"{percent} % of the time to {kind} ({worked(running.promise.target)}, {running.promise.agreement}) "
        f"was used up at {instant(mark.at)}."
    )
    if percent == BREACH or percent in policy.warnings:
        yield Happening(f"{kind} {percent}", "breach" if percent == BREACH else "warn", what)
    for name, escalation in policy.at(kind, record.values["priority"], percent):
        if name not in done:
            yield _escalated(read, record, name, escalation, what)


def _escalated(read: Read, record: Record, name: str, escalation: Escalation, why: str) -> Happening:
    recipients = (*told(read, record, escalation.inform), *escalation.teams)
    informed = f" Informed: {', '.join(recipients)}." if recipients else ""
    if escalation.kind == "warning":
        return Happening(name, "inform", why + informed, recipients)
    how = f"Escalated ({escalation.kind}) to {escalation.to}: {why}{informed}"
    if escalation.kind == "functional":
        return Happening(name, "escalate", how, recipients, escalation.to)
    return Happening(name, "escalate", how, (*recipients, escalation.to or ""))


def _write(desk: Desk, levels: ServiceLevels, by: By, number: str, now: datetime) -> Swept:
    def work(draft: Draft) -> Swept:
        record = locked(draft, number)
        incident = timed(draft.run, number)  # what it was before the lock may be outdated by now
        happened = tuple(due(draft.run, levels, incident, now)) if record.open else ()
        for happening in happened:
            record = _keep(draft, desk, by, record, happening)
        return Swept(number, record.values["title"], happened)

    return revise(desk.database, by.author, work)[0]


def _keep(draft: Draft, desk: Desk, by: By, record: Record, happening: Happening) -> Record:
    marks = {"marks": [*(record.values.get("marks") or ()), happening.key]}
    said = replace(by, note=happening.note)
    if happening.team and record.state in desk.kind(record.kind).life_cycle.transitions["escalate"].from_:
        handed = Edit(values={"team": happening.team, "assignee": None})
        return moved(draft, desk, said, record, "escalate", handed, marks)
    return noted(draft, desk, said, record, happening.what, derived=marks)
