"""Why a CI is not impacted: where the failure stopped on its way to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from impact.analysis import Analysis
from impact.projection import Strength
from impact.propagation import NEVER
from impact.state import State


class Saviour(StrEnum):
    """What can stop a failure."""

    NOT_IMPACTED = "not_impacted"
    """The scenario declares the CI not impacted."""
    GROUP = "group"
    """Enough members are left."""
    SOFT = "soft"
    """A provider that is merely degraded does nothing through a soft relationship."""
    GUARD = "guard"
    """Only protection is lost."""


@dataclass(frozen=True, slots=True)
class Barrier:
    """A place where failure stopped.

    `path` leads from its CI, which is not impacted, to the CI asked about. `group` is the group of
    `path[0]` that has impacted members; `nearest` is the one of them that was impacted first, and
    `distance` counts the steps from a cause over it to the CI asked about.
    """

    saviour: Saviour
    group: int
    nearest: int
    path: tuple[int, ...]
    distance: int


def barriers(analysis: Analysis, ci: int) -> list[Barrier]:
    """Where failure stopped on its way to a CI that is up or at risk; nearest to a cause first.

    Walks from the CI over its providers, as far as they are not impacted. Empty where no
    dependency leads from an impacted CI to this one.
    """
    found = [barrier for path in _unimpaired(analysis, ci) for barrier in _stopped(analysis, path)]
    return sorted(found, key=lambda barrier: (barrier.distance, barrier.path, barrier.group))


def _unimpaired(analysis: Analysis, ci: int) -> Iterator[tuple[int, ...]]:
    """The shortest paths to a CI from each of its providers that failure did not reach."""
    groups, impaired = analysis.groups, analysis.outcome.impaired
    level: dict[int, tuple[int, ...]] = {ci: (ci,)}
    seen = {ci}
    while level:
        yield from level.values()
        following: dict[int, tuple[int, ...]] = {}
        for at, path in level.items():
            for group in groups.of(at):
                if groups.strength[group] == Strength.NONE:
                    continue
                for member in groups.members(group).tolist():
                    if member not in seen and impaired[member] == NEVER:
                        seen.add(member)
                        following[member] = (member, *path)
        level = following


def _stopped(analysis: Analysis, path: tuple[int, ...]) -> Iterator[Barrier]:
    """The groups of the first CI of a path that have impacted members."""
    groups, impaired = analysis.groups, analysis.outcome.impaired
    for group in groups.of(path[0]):
        hurt = [m for m in groups.members(group).tolist() if impaired[m] != NEVER]
        if hurt and groups.strength[group] != Strength.NONE:
            nearest = min(hurt, key=lambda member: (impaired[member], member))
            yield Barrier(
                _saviour(analysis, path[0], group),
                group,
                nearest,
                path,
                int(impaired[nearest]) + len(path),
            )


def _saviour(analysis: Analysis, ci: int, group: int) -> Saviour:
    groups, states = analysis.groups, analysis.states[analysis.groups.members(group)]
    weights, need = groups.weights(group), groups.need[group]
    lost = weights[states != State.DOWN].sum() < need
    weakened = weights[states < State.DEGRADED].sum() < need
    match groups.strength[group], bool(lost), bool(weakened):
        case Strength.GUARD, True, _:
            return Saviour.GUARD
        case Strength.SOFT, False, True:
            return Saviour.SOFT
        case Strength.HARD | Strength.SOFT, _, True if ci in analysis.scenario.pinned:
            return Saviour.NOT_IMPACTED
    return Saviour.GROUP
