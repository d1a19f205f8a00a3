"""What `approvals.toml` may say, and who must approve by it."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from pydantic import Field, model_validator

from cmdb.changes.assessment import Findings, Needed
from cmdb.changes.level import LEVELS, Level
from cmdb.changes.plan import Part


class Rule(Part):
    """Who approves which changes."""

    who: Literal["team", "owners", "supporters"]
    why: str
    team: str | None = None
    persons: int = Field(default=1, ge=1, description="How many must approve.")
    risk: Level = "low"
    criticality: tuple[str, ...] = Field(default=(), description="Of the services; empty: any.")

    @model_validator(mode="after")
    def _names_a_team(self) -> "Rule":
        if (self.who == "team") != (self.team is not None):
            raise ValueError("say the `team` where `who` is team, and only there")
        return self


class Defaults(Part):
    """What holds where the graph says nothing."""

    nobody: str = Field(min_length=1)


class ApprovalRules(Part):
    """All of an `approvals.toml`."""

    defaults: Defaults
    rules: tuple[Rule, ...] = Field(min_length=1)


class _Asked(NamedTuple):
    team: str
    persons: int
    why: str


def needed(rules: ApprovalRules, findings: Findings, supporters: Iterable[str | None]) -> tuple[Needed, ...]:
    """The teams that must approve, by name.

    `supporters` support the CIs that are worked on; None among them: one that nobody does.
    """
    asked = [
        one
        for rule in rules.rules
        if LEVELS.index(findings.risk.level) >= LEVELS.index(rule.risk)
        for one in _asked(rule, findings, tuple(supporters), rules.defaults.nobody)
    ]
    return tuple(_together(team, asked) for team in sorted({one.team for one in asked}))


def _asked(
    rule: Rule, findings: Findings, supporters: tuple[str | None, ...], nobody: str
) -> Iterator[_Asked]:
    if rule.who == "team":
        teams: list[str | None] = [rule.team]
    elif rule.who == "supporters":
        teams = [*supporters]
    else:
        hurt = [one for one in findings.planned if one.condition != "exposed"]
        teams = [one.owner for one in hurt if not rule.criticality or one.criticality in rule.criticality]
    yield from (_Asked(team or nobody, rule.persons, rule.why) for team in teams)


def _together(team: str, asked: Iterable[_Asked]) -> Needed:
    own = [one for one in asked if one.team == team]
    reasons = dict.fromkeys(one.why for one in own)
    return Needed(team=team, persons=max(one.persons for one in own), why="; ".join(reasons))
