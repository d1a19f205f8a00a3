"""Affected CIs by what they have in common: class, team, site, distance. All arrays are parallel."""

from collections.abc import Callable
from typing import TypeVar

import numpy as np

from cmdb.catalogue import Catalogue
from impact.answer.details import owner_of
from impact.answer.models import ClassCounts, DistanceCounts, SiteCounts, StateCounts, TeamCounts
from impact.answer.sites import NOWHERE, SEVERAL, Sites
from impact.answer.tally import named
from impact.answer.writer import Writer
from impact.arrays import Bytes, Ints, Longs
from impact.projection import CIs, Profile
from impact.state import State

K = TypeVar("K")


def by_class(profiles: Ints, states: Bytes, cis: CIs, catalogue: Catalogue) -> list[ClassCounts]:
    """Services first, then the most hit."""
    found = _by_profile(profiles, states, cis, lambda profile: profile.class_)
    rows = [_class_row(name, counts, catalogue) for name, counts in found.items()]
    return sorted(rows, key=lambda row: (not row.is_service, *_most_hit(row), row.title))


def by_team(profiles: Ints, states: Bytes, cis: CIs) -> list[TeamCounts]:
    """The most hit first, at the end those that nobody owns."""
    found = _by_profile(profiles, states, cis, owner_of)
    rows = [TeamCounts(team=team, **named(counts)) for team, counts in found.items()]
    return sorted(rows, key=lambda row: (row.team is None, *_most_hit(row), row.team or ""))


def by_site(states: Bytes, sites: Sites, writer: Writer) -> list[SiteCounts]:
    """The most hit first, at the end those of several sites and of none."""
    count = len(sites.cis)
    table = _table(np.where(sites.of >= 0, sites.of, count - 1 - sites.of), states, count + 2)
    rows = [
        SiteCounts(site=writer.ref(ci), spread=False, **named(counts))
        for ci, counts in zip(sites.cis.tolist(), table, strict=False)
    ]
    rows.sort(key=lambda row: (*_most_hit(row), row.site.name if row.site else ""))
    for kind in (SEVERAL, NOWHERE):
        counts = table[count - 1 - kind]
        rows.append(SiteCounts(site=None, spread=kind == SEVERAL, **named(counts)))
    return [row for row in rows if _any(row)]


def by_distance(distances: Ints, states: Bytes) -> list[DistanceCounts]:
    """The nearest first."""
    hit = states != State.UP
    table = _table(distances[hit], states[hit], int(distances.max(initial=0)) + 1)
    rows = [DistanceCounts(distance=distance, **named(counts)) for distance, counts in enumerate(table)]
    return [row for row in rows if _any(row)]


def _table(rows: Ints, states: Bytes, count: int) -> Longs:
    """How many CIs are in each row and state."""
    keys = rows.astype(np.int64) * len(State) + states
    return np.bincount(keys, minlength=count * len(State)).reshape(count, len(State))


def _by_profile(profiles: Ints, states: Bytes, cis: CIs, key: Callable[[Profile], K]) -> dict[K, Longs]:
    table = _table(profiles, states, len(cis.profiles))
    hit = np.flatnonzero(table.any(axis=1))
    codes: dict[K, int] = {}
    code = [codes.setdefault(key(cis.profiles[index]), len(codes)) for index in hit.tolist()]
    sums = np.zeros((len(codes), len(State)), dtype=np.int64)
    np.add.at(sums, code, table[hit])
    return dict(zip(codes, sums, strict=True))


def _class_row(name: str, counts: Longs, catalogue: Catalogue) -> ClassCounts:
    known = catalogue.classes.get(name)
    return ClassCounts(
        class_=name,
        title=known.title if known else name,
        is_service=bool(known and known.is_service),
        **named(counts),
    )


def _most_hit(row: StateCounts) -> tuple[int, ...]:
    return -row.down, -row.interrupted, -row.degraded, -row.at_risk


def _any(row: StateCounts) -> bool:
    return any(_most_hit(row))
