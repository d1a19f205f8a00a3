"""Providers that several CIs share: where to look when all of them suffer."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from pydantic import Field

from cmdb.errors import InvalidInput
from impact.answer.models import AtRevision, CIRef
from impact.arrays import Ints
from impact.kernels.dependents import TOGETHER, count_dependents
from impact.kernels.reach import required
from impact.projection import Projection
from impact.questions.naming import ref, refs

MOST_CIS, MOST_PROVIDERS = 100, 1_000
APART = -1


class Shared(CIRef):
    """A provider that several of the CIs depend on, or one of them that others depend on."""

    shared_by: int = Field(description="How many of the CIs depend on it, itself included if it is one.")
    distances: list[int | None] = Field(
        description="Steps from each of the CIs, in their order; nothing where one does not depend on it."
    )
    farthest: int = Field(description="The greatest of these distances.")
    dependents: int = Field(description="How many CIs depend on it in all, at any distance.")


class CommonProviders(AtRevision):
    """What several CIs share."""

    cis: list[CIRef] = Field(description="Those asked about, in the order of the question.")
    at_least: int = Field(description="How many of them must depend on a provider.")
    count: int = Field(description="How many providers there are, listed or not.")
    providers: list[Shared] = Field(
        description="Shared by most first, then the nearest, then those with the fewest dependents."
    )


def common_providers(
    projection: Projection, cis: Sequence[int], at_least: int | None = None, most: int = 20
) -> CommonProviders:
    """The providers that at least some of the CIs share (unset: all of them), `most` of them listed.

    Raises InvalidInput for a CI named twice and for numbers out of range.
    """
    wanted = len(cis) if at_least is None else at_least
    _check(projection, cis, wanted, most)
    shared = _shared(projection, cis, wanted)
    listed = _nearest(projection, shared, most)
    return CommonProviders(
        revision=projection.revision.seq,
        as_of=projection.revision.at,
        cis=refs(projection.cis, cis),
        at_least=wanted,
        count=len(shared.cis),
        providers=[_told(projection, shared, place, count) for place, count in listed],
    )


def _check(projection: Projection, cis: Sequence[int], at_least: int, most: int) -> None:
    twice = sorted({projection.cis.name[ci] for ci in cis if list(cis).count(ci) > 1})
    if twice:
        raise InvalidInput(f"Named twice: {', '.join(twice)}. Name different CIs.")
    if not 2 <= len(cis) <= MOST_CIS:
        raise InvalidInput(f"Name from 2 to {MOST_CIS} CIs; there are {len(cis):,}.")
    if not 2 <= at_least <= len(cis):
        raise InvalidInput(f"At least {at_least:,} of {len(cis)} cannot share anything; say 2 to {len(cis)}.")
    if not 1 <= most <= MOST_PROVIDERS:
        raise InvalidInput(f"The number of providers is {most:,}; it must be from 1 to {MOST_PROVIDERS:,}.")


@dataclass(frozen=True, slots=True)
class Shares:
    """Providers that enough of the CIs share; all columns are parallel."""

    cis: Ints
    distances: Ints
    """One row a provider, one column a CI asked about; -1 where it does not depend on it."""
    shared_by: Ints
    farthest: Ints


def _shared(projection: Projection, cis: Sequence[int], at_least: int) -> Shares:
    found, distances = zip(*(_required(projection, ci) for ci in cis), strict=True)
    every, place, counts = np.unique(np.concatenate(found), return_inverse=True, return_counts=True)
    enough = counts >= at_least
    row = np.cumsum(enough)[place] - 1
    column = np.repeat(np.arange(len(cis)), [len(some) for some in found])
    table, counted = np.full((int(enough.sum()), len(cis)), APART, dtype=np.int32), enough[place]
    table[row[counted], column[counted]] = np.concatenate(distances)[counted]
    return Shares(every[enough], table, counts[enough].astype(np.int32), table.max(axis=1, initial=APART))


def _required(projection: Projection, ci: int) -> tuple[Ints, Ints]:
    """All that a CI depends on, itself included, and at which distance."""
    with projection.scratch.borrow() as scratch:
        cis, level = required(projection.wiring, scratch, np.array([ci], dtype=np.int32))
    return cis, np.repeat(np.arange(len(level) - 1, dtype=np.int32), np.diff(level))


def _nearest(projection: Projection, shared: Shares, most: int) -> list[tuple[int, int]]:
    """The places of the first providers in the order of the answer, each with its dependents in all.

    Dependents are counted only among those equally shared and near, as far as the list goes.
    """
    cis = projection.cis
    listed: list[tuple[int, int]] = []
    order = np.lexsort((shared.farthest, -shared.shared_by))
    ranks = np.stack((shared.shared_by, shared.farthest), axis=1)[order]
    for tied in np.split(order, np.flatnonzero(np.diff(ranks, axis=0).any(axis=1)) + 1):
        found = shared.cis[tied]
        counts = _dependents(projection, found)
        best = np.lexsort((cis.no[found], cis.rank[found], counts))
        listed += zip(tied[best].tolist(), counts[best].tolist(), strict=True)
        if len(listed) >= most:
            break
    return listed[:most]


def _dependents(projection: Projection, cis: Ints) -> Ints:
    """How many others depend on each of some CIs."""
    found, waiting = np.zeros((2, len(projection.cis)), dtype=np.uint64)
    counts = [np.empty(0, dtype=np.int32)]
    with projection.scratch.borrow() as scratch:
        for begin in range(0, len(cis), TOGETHER):
            some = cis[begin : begin + TOGETHER]
            counts.append(count_dependents(projection.wiring, scratch, found, waiting, some))
    return np.concatenate(counts)


def _told(projection: Projection, shared: Shares, place: int, dependents: int) -> Shared:
    return Shared(
        **vars(ref(projection.cis, int(shared.cis[place]))),
        shared_by=int(shared.shared_by[place]),
        distances=[None if steps == APART else steps for steps in shared.distances[place].tolist()],
        farthest=int(shared.farthest[place]),
        dependents=dependents,
    )
