"""How long things are away, by definition: plain Python, from zero to the least fixed point.

Independent of the engine. Every round applies every rule to every CI, until nothing changes.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from impact.projection import CIRow, RelationshipRow
from tests.impact.oracle import ORDER, WORSE, needed

ENDLESS = math.inf
Seconds = float
Measure = Callable[["Entry"], bool]


@dataclass(frozen=True)
class Entry:
    """A member of a group."""

    member: int
    weight: int
    tolerates: int


@dataclass(frozen=True)
class TimedGroup:
    """A group with its distinct members."""

    owner: int
    entries: list[Entry]
    need: int
    strength: str
    failover: int

    @property
    def spare(self) -> int:
        return sum(entry.weight for entry in self.entries) - self.need

    def loses(self, missing: Measure) -> bool:
        return sum(entry.weight for entry in self.entries if missing(entry)) > self.spare


@dataclass(frozen=True)
class TimedQuestion:
    """What is declared: failures with their seconds, and the rest as ever."""

    failed: dict[int, Seconds] = field(default_factory=dict)
    degraded: frozenset[int] = frozenset()
    not_impacted: frozenset[int] = frozenset()


@dataclass(frozen=True)
class TimedAnswer:
    seconds: dict[int, Seconds]
    state: dict[int, str]


def timed_groups(
    cis: Iterable[CIRow], relationships: Iterable[RelationshipRow], strengths: dict[str, str]
) -> list[TimedGroup]:
    in_use = {ci.no for ci in cis if ci.status not in ("planned", "in_stock")}
    found: dict[tuple[int, object], list[RelationshipRow]] = {}
    for index, row in enumerate(relationships):
        if row.dependent in in_use:
            found.setdefault((row.dependent, index if row.group is None else row.group), []).append(row)
    return [timed_group(rows, in_use, strengths) for rows in found.values()]


def timed_group(rows: list[RelationshipRow], in_use: set[int], strengths: dict[str, str]) -> TimedGroup:
    """Of several relationships to one provider the heaviest counts; of these what tolerates least."""
    used = [row for row in rows if row.provider in in_use]
    entries: dict[int, Entry] = {}
    for row in sorted(used, key=lambda row: (-(row.weight or 1), row.tolerates or 0)):
        entries.setdefault(row.provider, Entry(row.provider, row.weight or 1, row.tolerates or 0))
    need = needed(rows[0].need, sum(entry.weight for entry in entries.values()))
    strength = max((row.strength or strengths[row.type] for row in used or rows), key=ORDER.index)
    return TimedGroup(rows[0].dependent, list(entries.values()), need, strength, rows[0].failover or 0)


def outage(entry: Entry, seconds: dict[int, Seconds]) -> Seconds:
    """How long the dependent misses the member."""
    return max(0, seconds[entry.member] - entry.tolerates)


def group_outage(group: TimedGroup, seconds: dict[int, Seconds]) -> Seconds:
    """The least time after which enough members are back; at least the failover, where any is away."""

    def stands_after(time: Seconds) -> bool:
        return not group.loses(lambda entry: outage(entry, seconds) > time)

    away = {outage(entry, seconds) for entry in group.entries} - {0}
    return max(min(filter(stands_after, {0.0, *away})), group.failover if away else 0)


def solve_outages(cis: Iterable[CIRow], groups: list[TimedGroup], question: TimedQuestion) -> TimedAnswer:
    nos = [ci.no for ci in cis if ci.status not in ("planned", "in_stock")]
    seconds = {no: question.failed.get(no, 0.0) for no in nos}
    hard = [g for g in groups if g.strength == "hard" and g.owner not in question.not_impacted]
    while True:
        longer = dict(seconds)
        for group in hard:
            longer[group.owner] = max(longer[group.owner], group_outage(group, seconds))
        if longer == seconds:
            return TimedAnswer(seconds, worst_states(nos, groups, question, seconds))
        seconds = longer


def worst_states(
    nos: list[int], groups: list[TimedGroup], question: TimedQuestion, seconds: dict[int, Seconds]
) -> dict[int, str]:
    """The states when everything that is away is away at once."""
    degraded = {no: no in question.degraded for no in nos}
    at_risk = dict.fromkeys(nos, False)
    before = None
    while before != (degraded, at_risk):
        before = dict(degraded), dict(at_risk)
        for group in groups:
            if group.owner not in question.not_impacted:
                forced = forced_state(group, seconds, degraded)
                degraded[group.owner] |= forced == "degraded"
                at_risk[group.owner] |= forced == "at_risk"
    return {no: worst_state(seconds[no], degraded[no], at_risk[no]) for no in nos}


def forced_state(group: TimedGroup, seconds: dict[int, Seconds], degraded: dict[int, bool]) -> str:
    """What a group makes of its owner, beside making it miss the group.

    Members away and degraded members count together against the need, if any is degraded.
    """

    def away(entry: Entry) -> bool:
        return outage(entry, seconds) > 0

    def unsound(entry: Entry) -> bool:
        return away(entry) or degraded[entry.member]

    lost, some_away = group.loses(away), any(map(away, group.entries))
    some_degraded = any(degraded[entry.member] for entry in group.entries)
    reduced = "at_risk" if some_away and not lost else "up"
    match group.strength:
        case "hard":
            return "degraded" if some_degraded and group.loses(unsound) else reduced
        case "soft":
            return "degraded" if lost else reduced
        case "guard":
            return "at_risk" if lost else "up"
    return "up"


def worst_state(seconds: Seconds, degraded: bool, at_risk: bool) -> str:
    flags = {
        "down": seconds == ENDLESS,
        "interrupted": 0 < seconds < ENDLESS,
        "degraded": degraded,
        "at_risk": at_risk,
        "up": True,
    }
    assert set(WORSE) < set(flags)
    return next(state for state, holds in flags.items() if holds)
