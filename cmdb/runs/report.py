"""What an import did, row by row where it matters."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from cmdb.reconciliation.merging import Effect, Outcome
from cmdb.reconciliation.observation import Observation, Rejection

SHOWN = 20
"""Rejected rows that a report keeps; an import may reject more than fit into memory."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A relation that awaits a CI which no row has described yet."""

    dependent: str
    type: str
    provider: str


@dataclass(frozen=True, slots=True)
class Change:
    """What an import does to one CI or relationship, in words; `fields` maps names to before and after."""

    outcome: str
    kind: str
    name: str
    fields: Mapping[str, tuple[Any, Any]]


@dataclass(slots=True)
class Report:
    """Counts by outcome and table, the first rejected rows, and what did not fit.

    `missing` counts things that a complete run did not find, `retired` those that counted as records no
    more since; `held` says why a person must look first. `gaps` could not be read, so that nothing is
    missing. `derived` counts CIs of which rules say something else now. `files` names where all rejected
    rows are written. `changes` is what a dry run would have changed.
    """

    run: str
    source: str
    scope: str
    complete: bool = False
    dry_run: bool = False
    cis: Counter[str] = field(default_factory=Counter)
    relationships: Counter[str] = field(default_factory=Counter)
    teams: Counter[str] = field(default_factory=Counter)
    rejected: list[Rejection] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    unknown_attributes: Counter[str] = field(default_factory=Counter)
    pending: list[Pending] = field(default_factory=list)
    missing: int = 0
    retired: int = 0
    held: str | None = None
    gaps: list[str] = field(default_factory=list)
    derived: int = 0
    changes: list[Change] = field(default_factory=list)
    first_revision: int | None = None
    last_revision: int | None = None

    def add(self, effect: Effect) -> None:
        """Count what one observation did."""
        if effect.attributes is not None:
            self.cis[effect.attributes.value] += 1
        for outcome, count in effect.relations.items():
            self.relationships[outcome.value] += count

    def unchanged(self, observations: Collection[Observation]) -> None:
        """Count observations that said nothing new."""
        if described := sum(one.attributes is not None for one in observations):
            self.cis[Outcome.UNCHANGED.value] += described
        if related := sum(len(one.relations or ()) for one in observations):
            self.relationships[Outcome.UNCHANGED.value] += related

    def reject(self, rejection: Rejection) -> None:
        """Count a row that did not fit, and keep it if it is among the first."""
        if len(self.rejected) < SHOWN:
            self.rejected.append(rejection)
        tables = {"relationships": self.relationships, "teams": self.teams}
        tables.get(rejection.table, self.cis)["rejected"] += 1

    def revised(self, seq: int) -> None:
        """Note a revision that the import made."""
        self.first_revision = self.first_revision or seq
        self.last_revision = seq
