"""The incidents of a period as arrays: whom they hit, in which stratum, and when."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from impact.arrays import Ints, ranges
from impact.kernels.chance import Floats
from impact.projection import OUTSIDE, CIs, Projection
from impact.recurrence.models import Occurrence, Period


@dataclass(frozen=True, slots=True)
class Strata:
    """CIs of one class and environment are alike: chance hits each of them as often as the others."""

    of: Ints
    """The stratum of each CI; -1 for those of strata that were never hit."""
    size: Ints
    """How many CIs each has."""

    @classmethod
    def of_hit(cls, cis: CIs, hit: Ints) -> "Strata":
        """The strata of some CIs."""
        codes: dict[tuple[str, str | None], int] = {}
        of_profile = np.array(
            [codes.setdefault((told.class_, told.environment), len(codes)) for told in cis.profiles],
            dtype=np.int32,
        )
        of = np.where(cis.no == OUTSIDE, OUTSIDE, of_profile[cis.profile] if len(cis) else 0)
        known = np.unique(of[hit])
        place = np.full(len(codes) + 1, OUTSIDE, dtype=np.int32)
        place[known] = np.arange(len(known))
        found = place[of]
        return cls(found, np.bincount(found[found >= 0], minlength=len(known)).astype(np.int32))


@dataclass(frozen=True, slots=True)
class Patterns:
    """Incidents that hit as many CIs of the same strata, counted together; see `kernels.chance.expected`."""

    first: Ints
    stratum: Ints
    hits: Ints
    times: Ints


@dataclass(frozen=True, slots=True)
class Hits:
    """Incidents that hit CIs of the graph, in order of time; `first` and `incident` as in `exposure`."""

    incidents: tuple[Occurrence, ...]
    at: Floats
    """When each happened, in seconds."""
    left_out: int
    cis: Ints
    """The CIs that were hit, ascending."""
    first: Ints
    incident: Ints
    strata: Strata
    patterns: Patterns

    @classmethod
    def of(cls, projection: Projection, occurrences: Iterable[Occurrence], period: Period) -> "Hits":
        """Those of a period; an incident that is told twice counts once."""
        told = {occurrence.number: occurrence for occurrence in occurrences if occurrence.at in period}
        ordered = sorted(told.values(), key=lambda occurrence: (occurrence.at, occurrence.number))
        indices = projection.cis.find_ids([id_ for occurrence in ordered for id_ in occurrence.cis])
        owner = np.repeat(np.arange(len(ordered)), [len(occurrence.cis) for occurrence in ordered])
        inside = indices != OUTSIDE
        kept, number = np.unique(owner[inside], return_inverse=True)
        pairs = np.unique(np.stack((indices[inside], number)).astype(np.int32), axis=1)
        counted = tuple(ordered[place] for place in kept.tolist())
        cis, incident = pairs.reshape(2, -1)
        strata = Strata.of_hit(projection.cis, cis)
        return cls(
            counted,
            np.array([occurrence.at.timestamp() for occurrence in counted]),
            len(ordered) - len(counted),
            np.unique(cis),
            np.searchsorted(cis, np.arange(len(projection.cis) + 1)).astype(np.int32),
            incident,
            strata,
            _patterns(strata.of[cis], incident),
        )

    def of_cis(self, cis: Ints) -> Ints:
        """The incidents that hit any of some CIs, in order of time."""
        bounds = np.stack((self.first[cis], self.first[cis + 1]), axis=1)
        return np.unique(self.incident[ranges(bounds)])


def _patterns(stratum: Ints, incident: Ints) -> Patterns:
    counts: dict[int, dict[int, int]] = {}
    for of, number in zip(stratum.tolist(), incident.tolist(), strict=True):
        hits = counts.setdefault(number, {})
        hits[of] = hits.get(of, 0) + 1
    times: dict[tuple[tuple[int, int], ...], int] = {}
    for hits in counts.values():
        pattern = tuple(sorted(hits.items()))
        times[pattern] = times.get(pattern, 0) + 1
    entries = [entry for pattern in times for entry in pattern]
    columns = np.array(entries, dtype=np.int32).reshape(-1, 2)
    first = np.concatenate(([0], np.cumsum([len(pattern) for pattern in times]))).astype(np.int32)
    return Patterns(
        first, columns[:, 0].copy(), columns[:, 1].copy(), np.array(list(times.values()), dtype=np.int32)
    )
