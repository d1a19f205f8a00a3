"""Reads the drawings of docs/impact.md: a small graph, questions about it, and the answers.

    shop ──▶ db, cache                      two relationships, hard
    db ──[needs 1]──▶ db-a, db-b (weight 2)     a group
    db ──[soft]──▶ search (planned)         another strength; a CI that is planned

    if db-a down; cache not impacted        then db at risk
    if db-b down; already db-a down         then db, shop down
    path db-a → db → shop

    db ──[needs 1, failover 30 s]──▶ db-a, db-b         how long a group takes to fail over
    rack ──▶ feed (tolerates 15 min)                    how long it can do without
    if feed down for 20 min                 then rack interrupted 5 min

Whoever is not named after `then` is up, but for the causes themselves.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from impact.projection import CIRow, RelationshipRow
from tests.impact.oracle import Question

RELATION = re.compile(r"(\S+) ──(?:\[(.+)\]──)?▶ (.+)")
MEMBER = re.compile(r"([\w-]+)(?: \((?:weight (\d+)|tolerates (.+)|(planned|in_stock))\))?")
QUESTION = re.compile(r"if (.+?)\s+then (.+)")
CLAUSE = re.compile(
    r"(already )?(.+?) (?:(down|degraded|at risk|not impacted)|(?:down for|interrupted) (\d+ \w+))"
)
UNITS = {"s": 1, "min": 60, "h": 3600}


def seconds(time: str | None) -> int | None:
    """`20 min` in seconds."""
    if time is None:
        return None
    count, unit = time.split()
    return int(count) * UNITS[unit]


@dataclass
class Asked:
    """A question and its answer, CIs by number."""

    line: str
    scenario: Question
    base: Question
    states: dict[int, str]
    durations: dict[int, int]
    """How long those fail that fail for a time."""
    interrupted: dict[int, int]
    path: list[int] = field(default_factory=list)


class Drawing:
    """The graph and the questions of one drawing."""

    def __init__(self, text: str) -> None:
        self.numbers: dict[str, int] = {}
        self.statuses: dict[str, str] = {}
        self.relationships: list[RelationshipRow] = []
        self.asked: list[Asked] = []
        for line in filter(None, map(str.strip, text.splitlines())):
            if match := RELATION.fullmatch(line):
                self.relationships += self._relationships(*match.groups())
            elif match := QUESTION.fullmatch(line):
                self.asked.append(self._asked(line, *match.groups()))
            elif line.startswith("path "):
                self.asked[-1].path = self._numbers(line[5:], " → ")
            else:
                raise ValueError(f"not a line of a drawing: {line}")

    def cis(self) -> list[CIRow]:
        return [
            CIRow(no, "server", self.statuses.get(name, "operational")) for name, no in self.numbers.items()
        ]

    def _relationships(self, owner: str, terms: str | None, members: str) -> Iterator[RelationshipRow]:
        """`terms` are those in brackets: a strength, `needs` with a count or a share, and a `failover`."""
        told = dict(term.partition(" ")[::2] for term in (terms or "hard").split(", "))
        need = told.pop("needs", None)
        failover = seconds(told.pop("failover", None))
        group = f"group {len(self.relationships)}" if need else None
        for member in members.split(", "):
            name, weight, tolerates, status = MEMBER.fullmatch(member).groups()  # type: ignore[union-attr]
            if status:
                self.statuses[name] = status
            (dependent,), (provider,) = self._numbers(owner), self._numbers(name)
            yield RelationshipRow(
                dependent,
                provider,
                "depends_on",
                group=group,
                need=int(need) if need and need.isdecimal() else need,
                strength=next(iter(told), None),
                weight=int(weight) if weight else None,
                failover=failover,
                tolerates=seconds(tolerates),
            )

    def _asked(self, line: str, conditions: str, consequences: str) -> Asked:
        declared = list(self._clauses(conditions))
        scenario, base = (
            Question(
                *(
                    frozenset(no for was, no, state, _ in declared if was == already and state in kinds)
                    for kinds in (("down", "interrupted"), ("degraded",), ("not impacted",))
                )
            )
            for already in (False, True)
        )
        durations = {no: time for _, no, _, time in declared if time}
        told = [clause for clause in declared if clause[1] not in scenario.not_impacted]
        if consequences != "nothing":
            told += self._clauses(consequences)
        states = {no: state for _, no, state, _ in told}
        interrupted = {no: time for _, no, _, time in told if time}
        return Asked(line, scenario, base, states, durations, interrupted)

    def _clauses(self, text: str) -> Iterator[tuple[bool, int, str, int | None]]:
        for clause in text.split("; "):
            already, names, told, time = CLAUSE.fullmatch(clause).groups()  # type: ignore[union-attr]
            state = "at_risk" if told == "at risk" else told or "interrupted"
            for no in self._numbers(names):
                yield bool(already), no, state, seconds(time)

    def _numbers(self, names: str, separator: str = ", ") -> list[int]:
        return [self.numbers.setdefault(name, len(self.numbers) + 1) for name in names.split(separator)]
