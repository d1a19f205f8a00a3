"""Why a CI is not impacted: where the failure stopped on its way to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from impact.analysis import Analysis
from impact.projection import Groups, Strength
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


class Way(NamedTuple):
    """A path over CIs that are not impacted: `path[i + 1]` depends on `path[i]` by `groups[i]`."""

    path: tuple[int, ...]
    groups: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Barrier:
    """A place where failure stopped.

    `way` leads from its CI, which is not impacted, to the CI asked about. `group` is the group of
    `way.path[0]` that has impacted members; `nearest` is the one of them that was impacted first,
    and `distance` counts the steps from a cause over it to the CI asked about.
    """

    saviour: Saviour
    group: int
    nearest: int
    way: Way
    distance: int


def barriers(analysis: Analysis, ci: int) -> list[Barrier]:
    """Where failure stopped on its way to a CI that is up or at risk; nearest to a cause first.

    Walks from the CI over its providers, as far as they are not impacted. Empty where no
    dependency leads from an impacted CI to this one.
    """
    found = [barrier for way in _ways(analysis, ci) for barrier in _stopped(analysis, way)]
    return sorted(found, key=lambda barrier: (barrier.distance, barrier.way.path, barrier.group))


def _ways(analysis: Analysis, ci: int) -> Iterator[Way]:
    """The shortest ways to a CI from itself and from each provider that failure did not reach."""
    impaired = analysis.outcome.impaired
    level = {ci: Way((ci,), ())}
    seen = {ci}
    while level:
        yield from level.values()
        following: dict[int, Way] = {}
        for at, way in level.items():
            for group, member in _providers(analysis.groups, at):
                if member not in seen and impaired[member] == NEVER:
                    seen.add(member)
                    following[member] = Way((member, *way.path), (group, *way.groups))
        level = following


def _providers(groups: Groups, ci: int) -> Iterator[tuple[int, int]]:
    for group in groups.of(ci):
        if groups.strength[group] != Strength.NONE:
            yield from ((group, member) for member in groups.members(group).tolist())


def _stopped(analysis: Analysis, way: Way) -> Iterator[Barrier]:
    """The groups of the first CI of a way that have impacted members."""
    impaired = analysis.outcome.impaired
    hurt: dict[int, list[int]] = {}
    for group, member in _providers(analysis.groups, way.path[0]):
        if impaired[member] != NEVER:
            hurt.setdefault(group, []).append(member)
    for group, members in hurt.items():
        nearest = min(members, key=lambda member: (impaired[member], member))
        distance = int(impaired[nearest]) + len(way.path)
        yield Barrier(_saviour(analysis, way.path[0], group), group, nearest, way, distance)


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
