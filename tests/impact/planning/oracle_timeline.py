"""When things are away, by definition: every rule applied to every CI in every second, until nothing changes.

Independent of the engine: a row of truth values a CI, one a second; the last stands for all later ones.
"""

from dataclasses import dataclass

from cmdb.changes import SEVERITY, Effect
from tests.impact.oracle_outages import Entry, TimedGroup

SECONDS = 160
Row = list[bool]


@dataclass(frozen=True)
class Cause:
    """A CI that is down or degraded from one second up to another; None: for good."""

    ci: int
    effect: Effect
    begin: int
    end: int | None


@dataclass(frozen=True)
class Lived:
    away: dict[int, Row]
    degraded: dict[int, Row]


def live(nos: list[int], groups: list[TimedGroup], causes: list[Cause]) -> Lived:
    own = {effect: {no: own_row(no, effect, causes) for no in nos} for effect in SEVERITY}
    hard = [group for group in groups if group.strength == "hard"]
    failovers: set[tuple[int, int]] = set()
    away = own["down"]
    rounds = 0
    while True:
        away = settled_away(away, hard)
        fresh = {
            (index, second)
            for index, group in enumerate(hard)
            if group.failover
            for entry in group.entries
            for second in beginnings(missed(entry, away))
        } - failovers
        if not fresh or rounds > len({index for index, _ in failovers}):
            return Lived(away, settled_degraded(own["degraded"], away, groups))
        rounds += 1
        failovers |= fresh
        for index, second in fresh:
            row = away[hard[index].owner] = list(away[hard[index].owner])
            for later in range(second, min(SECONDS, second + hard[index].failover)):
                row[later] = True


def own_row(no: int, effect: str, causes: list[Cause]) -> Row:
    mine = [cause for cause in causes if (cause.ci, cause.effect) == (no, effect)]
    return [any(c.begin <= t and (c.end is None or t < c.end) for c in mine) for t in range(SECONDS)]


def missed(entry: Entry, away: dict[int, Row]) -> Row:
    """Away now and for all the seconds that are tolerated before."""
    row = away[entry.member]
    return [t >= entry.tolerates and all(row[t - entry.tolerates : t + 1]) for t in range(SECONDS)]


def beginnings(row: Row) -> list[int]:
    return [t for t in range(SECONDS) if row[t] and (t == 0 or not row[t - 1])]


def settled_away(away: dict[int, Row], hard: list[TimedGroup]) -> dict[int, Row]:
    while True:
        now = {no: list(row) for no, row in away.items()}
        for group in hard:
            rows = [(entry.weight, missed(entry, away)) for entry in group.entries]
            for t in range(SECONDS):
                now[group.owner][t] |= sum(weight for weight, row in rows if row[t]) > group.spare
        if now == away:
            return away
        away = now


def settled_degraded(
    degraded: dict[int, Row], away: dict[int, Row], groups: list[TimedGroup]
) -> dict[int, Row]:
    while True:
        now = {no: list(row) for no, row in degraded.items()}
        for group in groups:
            rows = [(entry, missed(entry, away)) for entry in group.entries]
            for t in range(SECONDS):
                now[group.owner][t] |= is_degraded(group, rows, degraded, t)
        if now == degraded:
            return degraded
        degraded = now


def is_degraded(group: TimedGroup, rows: list[tuple[Entry, Row]], degraded: dict[int, Row], t: int) -> bool:
    gone = sum(entry.weight for entry, row in rows if row[t])
    unsound = sum(entry.weight for entry, row in rows if row[t] or degraded[entry.member][t])
    match group.strength:
        case "soft":
            return gone > group.spare
        case "hard":
            return unsound > group.spare and any(degraded[entry.member][t] for entry, _ in rows)
    return False
