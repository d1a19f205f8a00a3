"""What is known of a change when its risk is assessed."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Evidence = Literal["none", "partial", "full"]

Condition = Literal["down", "interrupted", "degraded", "exposed"]

CONDITIONS: tuple[Condition, ...] = ("down", "interrupted", "degraded", "exposed")


class Service(NamedTuple):
    """A service that a change hurts."""

    name: str
    criticality: str | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """The services hurt, each under the worst that happens to it."""

    down: tuple[Service, ...] = ()
    interrupted: tuple[Service, ...] = ()
    degraded: tuple[Service, ...] = ()
    exposed: tuple[Service, ...] = ()
    """Up, but with less redundancy than before."""

    def services(self, condition: Condition) -> tuple[Service, ...]:
        """Those in a condition."""
        given: tuple[Service, ...] = getattr(self, condition)
        return given


@dataclass(frozen=True, slots=True)
class Past:
    """How many changes were closed, and how many of them had failed."""

    failed: int
    closed: int

    def __post_init__(self) -> None:
        if not 0 <= self.failed <= self.closed:
            raise ValueError(f"{self.failed} of {self.closed} closed changes cannot have failed")


@dataclass(frozen=True, slots=True)
class Facts:
    """What bears on the risk; nothing (None) where it is unknown, which is not the same as none."""

    planned: Effect | None = None
    """What the change does to services if all goes as planned."""
    worst_case: Effect | None = None
    """What it does to them in the worst case of its steps."""
    overall: Past | None = None
    """All changes closed before."""
    model: Past | None = None
    """Those of the same model."""
    team: Past | None = None
    """Those of the same team."""
    cis: Past | None = None
    """Those of any of the same CIs."""
    test_evidence: Evidence | None = None
    back_out_tested: bool | None = None
    back_out_fits: bool | None = None
    """Whether back-out, begun at the last decision point, ends inside the window."""
    changed_cis: int | None = None
    steps: int | None = None
    collisions: int | None = None
    """Changes whose windows overlap and that meet this one in the graph or the team."""
    doubts: int | None = None
    """How many things the impact answer rests on that nobody knows for sure (its `confidence`)."""
    recent_incidents: int | None = None
    """On the CIs that are changed."""
    lead_hours: float | None = None
    """From the assessment to the start."""
    service_hours: float | None = None
    """Share of the window, 0 to 1, inside the hours agreed for the services hurt."""
    freezes: tuple[str, ...] | None = None
    """The freezes that the change breaches, by name."""
    joint_losses: tuple[str, ...] | None = None
    """Critical services, by name, that overlapping changes take down only together."""
