"""Closed changes, in the order in which their outcomes became known."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from impact.risk.facts import Facts


@dataclass(frozen=True, slots=True)
class Origin:
    """What a change shares with others: its model, the team that carries it out, and its CIs, by id."""

    model: str | None = None
    team: str | None = None
    cis: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Assessed:
    """A closed change by the likelihood (points, 0 to 100) that it was assessed at."""

    likelihood: float
    failed: bool
    assessed_at: datetime
    closed_at: datetime

    def __post_init__(self) -> None:
        _check(self.assessed_at, self.closed_at)


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed change by what was known of it, to be assessed again with another policy."""

    facts: Facts
    origin: Origin
    failed: bool
    assessed_at: datetime
    closed_at: datetime

    def __post_init__(self) -> None:
        _check(self.assessed_at, self.closed_at)


Change = TypeVar("Change", Assessed, Closed)


def with_outcomes(changes: Iterable[Change]) -> Iterator[tuple[Change, list[Change]]]:
    """Each change as it is assessed, with those closed before it and after the one before was assessed."""
    known = list(changes)
    waiting = iter(sorted(known, key=lambda change: change.closed_at))
    following = next(waiting, None)
    for change in sorted(known, key=lambda change: change.assessed_at):
        closed = []
        while following and following.closed_at < change.assessed_at:
            closed.append(following)
            following = next(waiting, None)
        yield change, closed


def _check(assessed_at: datetime, closed_at: datetime) -> None:
    if closed_at < assessed_at:
        raise ValueError(f"a change closed at {closed_at} cannot have been assessed later, at {assessed_at}")
