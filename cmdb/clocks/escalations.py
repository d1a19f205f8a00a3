"""Escalation: who is drawn in, and who is told, when a clock has come to a share of its target."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from cmdb.agreements import ClockKind
from cmdb.catalogue.mistakes import Mistakes
from cmdb.clocks.reading import BREACH
from cmdb.policy import Policies

Told = Literal["assignee", "assigned_team", "supporting_teams", "service_owners", "requester"]
Percent = Annotated[int, Field(ge=1, le=1000)]
Text = Annotated[str, Field(min_length=1)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Escalation(_Table):
    """A table `escalations.NAME`."""

    description: str = ""
    clock: ClockKind
    percent: Percent
    priorities: tuple[int, ...] = Field(default=(), description="Of which priorities; none: of all.")
    kind: Literal["warning", "functional", "hierarchical"] = "warning"
    to: Text | None = Field(
        default=None,
        description="Functional: the team that takes over. Hierarchical: the level of management.",
    )
    inform: tuple[Told, ...] = Field(default=(), description="Who is told, by what they are to the record.")
    teams: tuple[Text, ...] = Field(default=(), description="Which teams are told whatever they are to it.")

    @model_validator(mode="after")
    def _says_where_to(self) -> Self:
        if (self.to is None) != (self.kind == "warning"):
            raise ValueError(
                "a functional escalation says in `to` which team takes over, a hierarchical one which level; "
                "a warning goes nowhere and only informs"
            )
        return self

    def is_of(self, clock: ClockKind, priority: int, percent: int) -> bool:
        """Whether it happens at that mark of such a clock."""
        return (self.clock, self.percent) == (clock, percent) and priority in (self.priorities or (priority,))


class EscalationsFile(_Table):
    """All of an `escalations.toml`."""

    warnings: tuple[Percent, ...] = Field(default=(50, 75), description="Shares of a target, in percent.")
    escalations: dict[Text, Escalation] = {}

    @property
    def percents(self) -> tuple[int, ...]:
        """All marks that something happens at, the breach among them, in order."""
        return tuple(sorted({*self.warnings, BREACH, *(one.percent for one in self.escalations.values())}))

    def at(self, clock: ClockKind, priority: int, percent: int) -> tuple[tuple[str, Escalation], ...]:
        """What happens at a mark of a clock of a record of that priority, by name, in the file's order."""
        return tuple(item for item in self.escalations.items() if item[1].is_of(clock, priority, percent))


def load_escalations(policies: Policies, priorities: Iterable[int]) -> EscalationsFile:
    """The escalation policy; raises as `Policies.read` does, for priorities that there are not, too."""
    file = policies.read(EscalationsFile, Path(__file__).with_name("escalations.toml"))
    mistakes = Mistakes()
    known = set(priorities)
    for name, escalation in file.escalations.items():
        if unknown := set(escalation.priorities) - known:
            mistakes.add(
                "escalations.toml",
                f"escalations.{name}.priorities",
                f"{', '.join(map(str, sorted(unknown)))} is no priority; there are "
                f"{', '.join(map(str, sorted(known)))}",
            )
    mistakes.tell()
    return file
