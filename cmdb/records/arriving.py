"""Takes in records of other systems: each once, however often it comes, and its log as far as it is news."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from cmdb.history import Draft
from cmdb.records import graph
from cmdb.records.arrival import Prepared, closed_at, entry
from cmdb.records.desk import Desk
from cmdb.records.life_cycle import LifeCycle
from cmdb.records.log import Entry, sealed, write
from cmdb.records.record import Record, instant
from cmdb.records.writing import take_numbers


class Outcome(StrEnum):
    """What became of an arrival."""

    CREATED = "created"
    EXTENDED = "extended"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


class Arrived(NamedTuple):
    """The outcome, the number of the record, what was added to its log, and why it was rejected."""

    outcome: Outcome
    number: str = ""
    entries: int = 0
    reason: str = ""


def take_in(draft: Draft, desk: Desk, arrivals: Sequence[Prepared]) -> list[Arrived]:
    """Write what is new, within a draft: each arrival wholly, or not at all where it is rejected.

    An origin comes once only. What is known already is not written again; a longer history goes on where the
    log ends. Rejected are those that contradict what was told before, and those with news of a record that
    somebody has changed here.
    """
    known = _locked(draft, arrivals)
    new = [one for one in arrivals if one.arrival.origin not in known]
    created = dict(zip((one.arrival.origin for one in new), _create(draft, desk, new), strict=True))
    old = [(known[one.arrival.origin], one) for one in arrivals if one.arrival.origin in known]
    going_on = dict(zip((one.arrival.origin for _, one in old), _go_on(draft, desk, old), strict=True))
    outcomes = created | going_on
    return [outcomes[one.arrival.origin] for one in arrivals]


def _create(draft: Draft, desk: Desk, new: Sequence[Prepared]) -> list[Arrived]:
    by_kind: dict[str, list[Prepared]] = {}
    for one in new:
        by_kind.setdefault(one.record.kind, []).append(one)
    numbers: dict[str, str] = {}
    for name, ones in by_kind.items():
        kind = desk.kind(name)
        taken = take_numbers(draft, kind, len(ones))
        numbers |= zip((one.arrival.origin for one in ones), taken, strict=True)
        records = [
            replace(one.record, number=number, created=draft.id, revision=draft.id)
            for one, number in zip(ones, taken, strict=True)
        ]
        graph.create(draft, kind.life_cycle, records)
        write(draft, {number: one.log for one, number in zip(ones, taken, strict=True)})
    return [Arrived(Outcome.CREATED, numbers[one.arrival.origin], len(one.log)) for one in new]


def _go_on(draft: Draft, desk: Desk, old: Sequence[tuple[Record, Prepared]]) -> list[Arrived]:
    told = _Told.read(draft, old)
    return [_went_on(draft, desk, before, one, told) for before, one in old]


def _went_on(draft: Draft, desk: Desk, before: Record, one: Prepared, told: "_Told") -> Arrived:
    cycle = desk.kind(before.kind).life_cycle
    try:
        entries = _news(cycle, before, one, told)
    except ValueError as error:
        return Arrived(Outcome.REJECTED, before.number, reason=str(error))
    if not entries:
        return Arrived(Outcome.UNCHANGED, before.number)
    chain = sealed(entries, before.entries, before.seal)
    state = one.record.state
    after = replace(
        before,
        state=state,
        open=cycle.states[state].open,
        values=one.record.values,
        changed_at=entries[-1].at,
        closed_at=closed_at(cycle, entries, before.closed_at),
        links=one.record.links or before.links,
        entries=chain[-1].no,
        seal=chain[-1].seal,
        revision=draft.id,
    )
    graph.replace(draft, cycle, before, after)
    write(draft, {after.number: chain})
    return Arrived(Outcome.EXTENDED, after.number, len(chain))


@dataclass(frozen=True, slots=True)
class _Told:
    """Of records that are known: the seal of the entry where an arrival ends, and which were changed here."""

    seals: Mapping[str, str]
    touched: frozenset[str]

    @classmethod
    def read(cls, draft: Draft, old: Sequence[tuple[Record, Prepared]]) -> "_Told":
        rows = draft.run(
            """
            UNWIND $known AS known
            MATCH (last:Revision {id: known.revision}) USING INDEX last:Revision(id)
            OPTIONAL MATCH (entry:LogEntry {key: known.end}) USING INDEX entry:LogEntry(key)
            RETURN known.number AS number, last.run IS NULL AS touched, entry.seal AS seal
            """,
            known=[
                {
                    "number": before.number,
                    "revision": before.revision,
                    "end": f"{before.number}/{len(one.log)}",
                }
                for before, one in old
            ],
        )
        return cls(
            {row["number"]: row["seal"] for row in rows},
            frozenset(row["number"] for row in rows if row["touched"]),
        )


def _news(cycle: LifeCycle, before: Record, one: Prepared, told: _Told) -> list[Entry]:
    """What goes on where the log ends. Raises ValueError with the reason where it cannot."""
    if one.arrival.is_log:
        told_already = told.seals[before.number] == one.record.seal
        if told_already and (before.entries > len(one.log) or before.values == one.record.values):
            return []
        goes_on = _goes_on(before, one)
        entries = [new.entry for new in one.log[before.entries :]]
    else:
        goes_on = True
        entries = list(_last_word(cycle, before, one))
    if entries and before.number in told.touched:
        raise ValueError(
            f"{before.number} has been changed here since it came; enter what is new there by hand"
        )
    if not goes_on:
        raise ValueError(
            f"{before.number} came with another past: what is told of it until {before.changed_at} differs"
        )
    return entries


def _goes_on(before: Record, one: Prepared) -> bool:
    """Whether a log begins with all that is known, and said the same by then."""
    known = before.entries - 1
    return known < len(one.log) and one.log[known].seal == before.seal and one.values[known] == before.values


def _last_word(cycle: LifeCycle, before: Record, one: Prepared) -> Iterator[Entry]:
    """What changed since: the states gone through meanwhile, and then whatever else it says now."""
    state, values, last = before.state, before.values, before.changed_at
    for happening, said in zip(one.arrival.history, one.values, strict=True):
        final = happening is one.arrival.history[-1]
        at = instant(happening.at)
        if not final and (at <= before.changed_at or happening.state == state):
            continue
        if happening.state != state or said != values:
            last = max(at, last)
            yield entry(cycle, replace(happening, at=datetime.fromisoformat(last)), (state, values), said)
            state, values = happening.state, said


def _locked(draft: Draft, arrivals: Sequence[Prepared]) -> dict[str, Record]:
    """The records that have come before, by origin; nobody else writes them until the transaction ends."""
    rows = draft.run(
        """
        UNWIND $origins AS origin
        MATCH (record:Record {origin: origin}) USING INDEX record:Record(origin)
        RETURN origin, record.number AS number
        """,
        origins=[one.arrival.origin for one in arrivals],
    )
    locked = graph.lock(draft, [row["number"] for row in rows])
    return {row["origin"]: locked[row["number"]] for row in rows}
