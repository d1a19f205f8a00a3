"""What the published log of incidents says, computed from the file with nothing but the standard library."""

import csv
import lzma
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import pairwise
from pathlib import Path

FILE = Path(__file__).parents[3] / "shared/data/servicenow-log/incident_event_log.csv.xz"
WRITTEN = "%d/%m/%Y %H:%M"
DONE = ("Resolved", "Closed")


def moment(text: str) -> datetime:
    return datetime.strptime(text, WRITTEN).replace(tzinfo=UTC)


@dataclass
class Incident:
    rows: list[dict[str, str]]

    @cached_property
    def opened(self) -> datetime:
        return moment(self.rows[0]["opened_at"])

    @cached_property
    def states(self) -> list[tuple[datetime, str]]:
        """From when on it was in which state; -100 is none, and a row is no later than the ones after it."""
        states = [(self.opened, "New")]
        for place, row in enumerate(self.rows):
            at = min(moment(later["sys_updated_at"]) for later in self.rows[place:])
            state = row["incident_state"]
            states.append((max(at, self.opened), states[-1][1] if state == "-100" else state))
        return states

    @cached_property
    def turns(self) -> list[tuple[datetime, bool]]:
        """When it was resolved (true) and reopened (false)."""
        turns, done = [], False
        for at, state in self.states:
            if (state in DONE) != done:
                done = not done
                turns.append((at, done))
        return turns

    @cached_property
    def resolved(self) -> datetime | None:
        return self.turns[-1][0] if self.turns and self.turns[-1][1] else None

    @property
    def last(self) -> dict[str, str]:
        return self.rows[-1]

    def state_at(self, time: datetime) -> str | None:
        return next((state for at, state in reversed(self.states) if at <= time), None)

    def is_open_before(self, time: datetime) -> bool:
        """Whether it was not resolved just before a time."""
        done = [resolved for at, resolved in self.turns if at < time]
        return self.opened < time and not (done and done[-1])

    @property
    def handed_over(self) -> int:
        groups = [row["assignment_group"] for row in self.rows]
        return sum(a != b and "?" not in (a, b) for a, b in pairwise(groups))


class Log:
    def __init__(self) -> None:
        by_number = defaultdict(list)
        with lzma.open(FILE, "rt", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                by_number[row["number"]].append(row)
        self.incidents = {number: Incident(rows) for number, rows in by_number.items()}

    def opened(self) -> Counter[str]:
        return Counter(f"{one.opened:%Y-%m}" for one in self.incidents.values())

    def turned(self, resolved: bool) -> Counter[str]:
        return Counter(
            f"{at:%Y-%m}" for one in self.incidents.values() for at, done in one.turns if done is resolved
        )

    def hours(self) -> dict[str, list[float]]:
        """Hours from opening to the last resolution, by priority."""
        hours: dict[str, list[float]] = defaultdict(list)
        for one in self.incidents.values():
            if one.resolved:
                hours[one.last["priority"][0]].append((one.resolved - one.opened).total_seconds() / 3600)
        return hours

    def made_sla(self) -> dict[str, Counter[str]]:
        made: dict[str, Counter[str]] = defaultdict(Counter)
        for one in self.incidents.values():
            if one.resolved:
                made[f"{one.resolved:%Y-%m}"][one.last["made_sla"]] += 1
        return made

    def backlog(self, time: datetime) -> list[float]:
        """The ages in days of what was open just before a time."""
        return [
            (time - one.opened).total_seconds() / 86400
            for one in self.incidents.values()
            if one.is_open_before(time)
        ]
