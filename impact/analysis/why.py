"""Why a CI is not impacted: where the failure stopped on its way to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from impact.analysis.analysis import Analysis
from impact.analysis.propagation import NEVER
from impact.arrays import Ints
from impact.kernels.barriers import barriers as kernel
from impact.strength import Strength


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
    `way.path[0]` that has impacted members, `nearest` the one of them that was impacted first.
    """

    saviour: Saviour
    group: int
    nearest: int
    way: Way


@dataclass(frozen=True, slots=True)
class Barriers:
    """How many places there are where failure stopped, and those nearest to a cause."""

    count: int
    first: Sequence[Barrier]


def barriers(analysis: Analysis, ci: int, most: int) -> Barriers:
    """Where failure stopped on its way to a CI that is up or at risk; nearest to a cause first.

    Walks from the CI over its providers, as far as they are not impacted. None where no dependency leads
    from an impacted CI to this one.
    """
    projection, outcome = analysis.projection, analysis.outcome
    rounds = outcome.impaired[outcome.impaired != NEVER]
    with projection.scratch.borrow() as scratch:
        found, *walked = kernel(projection.wiring, scratch, projection.cis.no, outcome.hurt, rounds, ci)
    nearest = found[np.argsort(found[:, 3], kind="stable")[:most]].tolist()
    first = [
        Barrier(_saviour(analysis, group, ci=int(walked[0][place])), group, member, _way(walked, place))
        for place, group, member, _ in nearest
    ]
    return Barriers(len(found), first)


def _way(walked: Sequence[Ints], place: int) -> Way:
    visited, towards, through = walked
    path, groups = [int(visited[place])], []
    while towards[place] >= 0:
        groups.append(int(through[place]))
        place = int(towards[place])
        path.append(int(visited[place]))
    return Way(tuple(path), tuple(groups))


def _saviour(analysis: Analysis, group: int, ci: int) -> Saviour:
    match Strength(analysis.groups.wiring.strength[group]), analysis.group_state(group):
        case Strength.GUARD, "lost":
            return Saviour.GUARD
        case Strength.SOFT, "weakened":
            return Saviour.SOFT
        case Strength.HARD | Strength.SOFT, "lost" | "weakened" if ci in analysis.scenario.pinned:
            return Saviour.NOT_IMPACTED
    return Saviour.GROUP
