"""How the CIs fare in one analysis and in another, whose indices differ."""

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Literal, cast
from uuid import UUID

import numpy as np

from cmdb.catalogue import Catalogue
from impact.analysis import Analysis
from impact.answer.order import services, urgencies
from impact.arrays import Bytes, Flags, Ints, Longs
from impact.scenario import Scenario
from impact.state import State

ABSENT = -1
LONGER_THAN_ANY = 2**32
"""Seconds."""

ChangeName = Literal["worse", "new", "gone", "better"]


class Change(IntEnum):
    """How a CI fares in the second, in the order of an answer."""

    SAME = 0
    WORSE = 1
    NEW = 2
    """Affected, and not there in the first."""
    GONE = 3
    """Not there, and affected in the first."""
    BETTER = 4

    @property
    def label(self) -> ChangeName:
        """The name in answers: `worse`."""
        return cast(ChangeName, self.name.lower())


@dataclass(frozen=True)
class Compared:
    """One of two analyses; a CI that its scenario removes in imagination is not there."""

    analysis: Analysis
    scenario: Scenario

    @cached_property
    def affected(self) -> Ints:
        """All CIs that are there and not up, or were not before the scenario."""
        affected = self.analysis.affected
        return affected[~self._removed(affected)]

    def same(self, other: "Compared", cis: Ints) -> Ints:
        """The indices here of CIs of the other side; ABSENT where they are not there.

        Real CIs are the same by number, imagined ones by name and class.
        """
        here, there = self.analysis.reality.cis, other.analysis.reality.cis
        real = cis < len(there)
        found = np.full(len(cis), ABSENT, dtype=np.int32)
        found[real] = here.find(there.no[cis[real]])
        found[~real] = [self._imagined.get(other.told(ci), ABSENT) for ci in cis[~real].tolist()]
        there_too = np.flatnonzero(found != ABSENT)
        found[there_too[self._removed(found[there_too])]] = ABSENT
        return found

    @cached_property
    def _imagined(self) -> dict[tuple[str, str], int]:
        real, every = len(self.analysis.reality.cis), len(self.analysis.projection.cis)
        return {self.told(ci): ci for ci in range(real, every)}

    def told(self, ci: int) -> tuple[str, str]:
        """Name and class of a CI."""
        cis = self.analysis.projection.cis
        return cis.name[ci], cis.described(ci).class_

    def _removed(self, cis: Ints) -> Flags:
        ids, removed = self.analysis.projection.cis.id[cis], np.zeros(len(cis), dtype=np.bool_)
        for id_ in self.scenario.imagined.without_cis:
            removed |= (ids == np.frombuffer(UUID(id_).bytes, dtype=np.uint8)).all(axis=1)
        return removed

    def severity(self, cis: Ints) -> Longs:
        """How bad the states of some CIs are, the longer of two interruptions worse; ABSENT: not there."""
        outcome, states = self.analysis.outcome, self.analysis.states(cis)
        severity = states.astype(np.int64) * LONGER_THAN_ANY
        if outcome.outages is not None:
            seconds = outcome.of(cis, outcome.outages.seconds, 0)
            severity += np.where(states == State.INTERRUPTED, seconds, 0)
        return np.where(cis == ABSENT, ABSENT, severity)


@dataclass(frozen=True, slots=True)
class Changes:
    """The CIs that do not fare the same, in the order of an answer; all columns are parallel."""

    before: Ints
    """Their indices in the first; ABSENT where they are not there."""
    after: Ints
    change: Bytes
    is_service: Flags

    def count(self, change: Change) -> tuple[int, int]:
        """How many change so: services, and CIs in all."""
        so = self.change == change
        return int((so & self.is_service).sum()), int(so.sum())


def changes(first: Compared, second: Compared, catalogue: Catalogue) -> Changes:
    """What differs: services first, then by change, the worst state of both, criticality, name and number."""
    after = second.affected
    before = first.same(second, after)
    more = np.setdiff1d(first.affected, before).astype(np.int32)
    before, after = np.concatenate((before, more)), np.concatenate((after, second.same(first, more)))
    worst, change = _changes(first.severity(before), second.severity(after))
    differs = np.flatnonzero(change)
    before, after, worst, change = before[differs], after[differs], worst[differs], change[differs]
    is_service, *ranks = _described(first, second, before, after, catalogue)
    order = np.lexsort((*ranks, -worst, change, ~is_service))
    return Changes(before[order], after[order], change[order], is_service[order])


def _changes(before: Longs, after: Longs) -> tuple[Longs, Bytes]:
    """The worse of both severities of each CI, and how it changes."""
    worst = np.maximum(before, after)
    change = np.select(
        (worst == State.UP, before == ABSENT, after == ABSENT, after > before, after < before),
        (Change.SAME, Change.NEW, Change.GONE, Change.WORSE, Change.BETTER),
        Change.SAME,
    )
    return worst, change.astype(np.int8)


def _described(
    first: Compared, second: Compared, before: Ints, after: Ints, catalogue: Catalogue
) -> tuple[Flags, ...]:
    """Whether each CI is a service; its number, and its places by name and criticality.

    All in the second, or in the first if it is not there: of one change, all are in the same.
    """
    gone = after == ABSENT
    here = _columns(second, after, catalogue)
    there = _columns(first, before, catalogue)
    return tuple(np.where(gone, old, new) for old, new in zip(there, here, strict=True))


def _columns(side: Compared, cis: Ints, catalogue: Catalogue) -> tuple[Flags, Ints, Ints, Ints]:
    known = side.analysis.projection.cis
    if not len(known):
        nothing = np.zeros(len(cis), dtype=np.int32)
        return nothing.astype(np.bool_), nothing, nothing, nothing
    return services(cis, known, catalogue), known.no[cis], known.rank[cis], urgencies(cis, known)
