"""Reads the drawings of docs/impact.md: a small graph, questions about it, and the answers.

    shop ──▶ db, cache                      two relationships, hard
    db ──[needs 1]──▶ db-a, db-b (weight 2)     a group
    db ──[soft]──▶ search (planned)         another strength; a CI that is planned

    if db-a down; cache not impacted        then db at risk
    if db-b down; already db-a down         then db, shop down
    path db-a → db → shop

Whoever is not named after `then` is up, but for the causes themselves.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from impact.projection import CIRow, RelationshipRow
from tests.impact.oracle import Question

RELATION = re.compile(r"(\S+) ──(?:\[(.+)\]──)?▶ (.+)")
MEMBER = re.compile(r"([\w-]+)(?: \((?:weight (\d+)|(planned|in_stock))\))?")
QUESTION = re.compile(r"if (.+?)\s+then (.+)")
CLAUSE = re.compile(r"(already )?(.+) (down|degraded|at risk|not impacted)")


@dataclass
class Asked:
    """A question and its answer, CIs by number."""

    line: str
    scenario: Question
    base: Question
    states: dict[int, str]
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
        """`terms` are those in brackets: a strength, and `needs` with a count or a share."""
        told = (terms or "hard").split(", ")
        needs = [term.removeprefix("needs ") for term in told if term.startswith("needs ")]
        need = int(needs[0]) if needs and needs[0].isdecimal() else next(iter(needs), None)
        strengths = [term for term in told if not term.startswith("needs ")]
        group = f"group {len(self.relationships)}" if needs else None
        for member in members.split(", "):
            name, weight, status = MEMBER.fullmatch(member).groups()  # type: ignore[union-attr]
            if status:
                self.statuses[name] = status
            (dependent,), (provider,) = self._numbers(owner), self._numbers(name)
            yield RelationshipRow(
                dependent,
                provider,
                "depends_on",
                group=group,
                need=need,
                strength=strengths[0] if strengths else None,
                weight=int(weight) if weight else None,
            )

    def _asked(self, line: str, conditions: str, consequences: str) -> Asked:
        declared = list(self._clauses(conditions))
        scenario, base = (
            Question(
                *(
                    frozenset(no for was, no, state in declared if (was, state) == (already, kind))
                    for kind in ("down", "degraded", "not impacted")
                )
            )
            for already in (False, True)
        )
        states = {no: state for _, no, state in declared if no not in scenario.not_impacted}
        if consequences != "nothing":
            states |= {no: state for _, no, state in self._clauses(consequences)}
        return Asked(line, scenario, base, states)

    def _clauses(self, text: str) -> Iterator[tuple[bool, int, str]]:
        for clause in text.split("; "):
            already, names, state = CLAUSE.fullmatch(clause).groups()  # type: ignore[union-attr]
            for no in self._numbers(names):
                yield bool(already), no, state.replace(" ", "_") if state == "at risk" else state

    def _numbers(self, names: str, separator: str = ", ") -> list[int]:
        return [self.numbers.setdefault(name, len(self.numbers) + 1) for name in names.split(separator)]
