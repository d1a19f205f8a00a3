"""A change among others: which CIs stand between it and another one, whatever their steps and times."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from cmdb.changes import Plan
from impact.arrays import Ints
from impact.kernels.reach import required
from impact.planning.harm import Harms
from impact.planning.spells import gone_wrong


@dataclass(frozen=True, slots=True)
class Planned:
    """A change as far as collisions matter."""

    number: str
    plan: Plan
    team: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """What two changes have to do with each other."""

    same: frozenset[str]
    """Ids of the CIs that both work on."""
    hit: frozenset[str]
    """Those of the other change that suffer if the new one goes wrong."""
    hit_by: frozenset[str]
    """Those of the new change that suffer if the other one goes wrong."""
    same_team: bool

    def __bool__(self) -> bool:
        return bool(self.same or self.hit or self.hit_by or self.same_team)


class Neighbourhood:
    """What a new change has to do with others. `found` are the indices of all CIs concerned, by id."""

    def __init__(self, harms: Harms, found: Mapping[str, int], new: Planned) -> None:
        self._harms, self._found, self._new = harms, found, new
        self._radius = self._blast_radius(new.plan)
        projection = harms.projection
        with projection.scratch.borrow() as scratch:
            beneath, _ = required(projection.wiring, scratch, self._indices(new.plan))
        self._beneath = frozenset(beneath.tolist())

    def contact(self, other: Planned) -> Contact:
        """What the new change has to do with another."""
        mine, theirs = self._new.plan.cis, other.plan.cis
        same = mine & theirs
        hit_by: frozenset[str] = frozenset()
        if any(self._found.get(ci) in self._beneath for ci in theirs):
            radius = self._blast_radius(other.plan)
            hit_by = frozenset(ci for ci in mine - same if self._found.get(ci) in radius)
        return Contact(
            same=same,
            hit=frozenset(ci for ci in theirs - same if self._found.get(ci) in self._radius),
            hit_by=hit_by,
            same_team=self._new.team is not None and self._new.team == other.team,
        )

    def _blast_radius(self, plan: Plan) -> frozenset[int]:
        """All that is degraded or down when any stage goes as badly as it can."""
        stages = (self._harms.of(spells) for _, spells in gone_wrong(plan, self._found) if spells)
        return frozenset(ci for harm in stages for ci in harm.impaired.tolist())

    def _indices(self, plan: Plan) -> Ints:
        return np.array(sorted(self._found[ci] for ci in plan.cis if ci in self._found), dtype=np.int32)
