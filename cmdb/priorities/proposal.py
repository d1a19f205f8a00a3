"""Proposes a level of impact from what the graph says of the services."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum
from typing import Literal, NamedTuple

from cmdb.priorities.declarations import Level, ProposalDeclaration, ServiceState

Criticality = Literal["critical", "high", "medium", "low"]


class AffectedService(NamedTuple):
    """A service that is not up; None: nobody has said."""

    name: str
    criticality: Criticality | None
    users: int | None
    state: ServiceState


class Weighed(NamedTuple):
    """A service and what it adds to the impact."""

    service: AffectedService
    points: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """A level of impact, and why: the weightiest services first."""

    impact: Level
    points: float
    services: tuple[Weighed, ...]
    deciding: tuple[Weighed, ...]
    """The fewest that make this level by themselves; none for `low`."""

    @property
    def reason(self) -> str:
        """Which services decided, in words."""
        if not self.deciding:
            count = len(self.services)
            return f"low: {self.points:g} points by {count} service{'s' * (count != 1)}"
        told = ", ".join(f"{w.service.name} {w.service.state} ({w.points:g})" for w in self.deciding)
        return f"{self.impact}: {self.points:g} points, already by {told}"


def propose_impact(rule: ProposalDeclaration, services: Iterable[AffectedService]) -> Proposal:
    """The impact that services have by being down or degraded; the order of the services does not matter.

    Points of a service: criticality times state times a factor for its users. The thresholds are on the sum.
    """
    weighed = tuple(
        sorted(
            (Weighed(service, _points(rule, service)) for service in services),
            key=lambda one: (-one.points, one.service.name),
        )
    )
    total = _sum(weighed)
    thresholds: dict[Level, float] = {"high": rule.thresholds.high, "medium": rule.thresholds.medium}
    for level, needed in thresholds.items():
        if weighed and total >= needed:
            return Proposal(level, total, weighed, _deciding(weighed, needed))
    return Proposal("low", total, weighed, ())


def _points(rule: ProposalDeclaration, service: AffectedService) -> float:
    return (
        rule.criticality[service.criticality or "unknown"]
        * rule.state[service.state]
        * _factor(rule, service)
    )


def _factor(rule: ProposalDeclaration, service: AffectedService) -> float:
    """That of the largest number of users which the service has; 1 where none is reached or known."""
    reached = [step for step in rule.users if service.users is not None and service.users >= step.at_least]
    return max(reached, key=lambda step: step.at_least).factor if reached else 1.0


def _sum(weighed: Iterable[Weighed]) -> float:
    """Rounded, so that 0.29 of 100 reaches a threshold of 29."""
    return round(fsum(one.points for one in weighed), 6)


def _deciding(weighed: tuple[Weighed, ...], needed: float) -> tuple[Weighed, ...]:
    for count in range(1, len(weighed)):
        if _sum(weighed[:count]) >= needed:
            return weighed[:count]
    return weighed
