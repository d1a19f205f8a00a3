"""What counts in reports and what they are held against: `reports.toml` and `targets.toml`."""

from collections.abc import Collection
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from cmdb.catalogue.mistakes import Mistakes
from cmdb.catalogue.suggest import did_you_mean
from cmdb.policy import Policies


class _Declaration(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class IncidentRules(_Declaration):
    """What counts of incidents: states, entries of logs, marks; see the file."""

    settled: frozenset[str]
    cancelled: frozenset[str]
    escalated: frozenset[str]
    breached: frozenset[str]
    kept_promise: str


class OutageRules(_Declaration):
    """States of outages that took place."""

    counted: frozenset[str]


class OutcomeRules(_Declaration):
    """In which states an outcome counts, and which ones are a success."""

    closed: frozenset[str]
    successful: frozenset[str]


class Rules(_Declaration):
    """All of `reports.toml`."""

    recurrence_days: Annotated[int, Field(ge=1)]
    ages: tuple[Annotated[float, Field(gt=0)], ...]
    incident: IncidentRules
    outage: OutageRules
    change: OutcomeRules
    release: OutcomeRules

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.ages or list(self.ages) != sorted(set(self.ages)):
            raise ValueError("ages: write bounds from the least to the greatest")
        return self


class Target(_Declaration):
    """A bound for the main column of a report; without `where` for all of its rows."""

    report: str
    where: str | None = None
    at_most: float | None = None
    at_least: float | None = None

    @model_validator(mode="after")
    def _one_bound(self) -> Self:
        if (self.at_most is None) == (self.at_least is None):
            raise ValueError("write either at_most or at_least")
        return self

    @property
    def bound(self) -> float:
        """The bound, whichever it is."""
        return self.at_most if self.at_most is not None else self.at_least or 0.0

    def met(self, value: float) -> bool:
        """Whether a value keeps to it."""
        return value <= self.bound if self.at_most is not None else value >= self.bound


class Targets(_Declaration):
    """All of `targets.toml`."""

    targets: tuple[Target, ...] = ()

    def of(self, report: str, group: str) -> Target | None:
        """What counts for the rows of a group (empty: no groups) of a report."""
        fitting = (one for one in self.targets if one.report == report and one.where in (None, group))
        return next(fitting, None)


TARGETS = Path(__file__).with_name("targets.toml")


def load_rules(policies: Policies) -> Rules:
    """What counts; raises as `Policies.read` does."""
    return policies.read(Rules, Path(__file__).with_name("reports.toml"))


def load_targets(policies: Policies, reports: Collection[str]) -> Targets:
    """What reports, of these names, are held against; raises as `Policies.read` does."""
    file = policies.read(Targets, TARGETS)
    mistakes = Mistakes()
    for place, target in enumerate(file.targets, 1):
        if target.report not in reports:
            reason = f"no report is called {target.report!r}{did_you_mean(target.report, reports)}"
            mistakes.add(TARGETS.name, f"targets.{place}.report", reason)
    mistakes.tell()
    return file
