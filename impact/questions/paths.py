"""How one CI depends on another: the shortest path, and several that share nothing on the way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from pydantic import Field

from cmdb.errors import InvalidInput
from impact.answer.models import Answer, AtRevision, CIRef
from impact.arrays import Ints
from impact.kernels.paths import disjoint
from impact.kernels.reach import required
from impact.kernels.subgraph import subgraph
from impact.projection import Need, Projection
from impact.questions.naming import ref
from impact.strength import Strength, StrengthName

MOST_PATHS = 10


class Link(Answer):
    """A relationship, with the group it stands in."""

    relationship: str
    strength: StrengthName
    group: str | None = Field(description="Nothing for a relationship that stands alone.")
    need: int = Field(description="How many of `of` the group needs, by weight where it has any.")
    of: int
    told: Need = Field(description="The need as the data have it; nothing: all.")
    assumed: bool = Field(description="An importer took this redundancy for granted.")


class Hop(CIRef):
    """A CI on a path."""

    links: list[Link] = Field(description="How the CI before depends on it, the strongest first.")


class Path(Answer):
    """A path from a dependent to a provider of its, at any distance."""

    length: int = Field(description="Steps.")
    hops: list[Hop] = Field(description="From the dependent, which has no links, to the provider.")


class Paths(AtRevision):
    """How one CI depends on another."""

    dependent: CIRef
    provider: CIRef
    shortest: Path | None = Field(description="Nothing where the one does not depend on the other.")
    disjoint: list[Path] = Field(
        description="Paths that share no CI but their ends, of least length together; the shortest first."
    )
    most: int = Field(description="How many were asked for; where there are fewer, there are no more.")
    opposite: Path | None = Field(
        description="The shortest path the other way round, sought where there is none this way."
    )


def paths(projection: Projection, dependent: int, provider: int, most: int) -> Paths:
    """How a CI depends on another: the shortest path, and up to `most` that share no CI on the way.

    Raises InvalidInput for one and the same CI, and for a number of paths out of range.
    """
    if dependent == provider:
        raise InvalidInput(f"{projection.cis.name[dependent]} is named as both ends; name two CIs.")
    if not 1 <= most <= MOST_PATHS:
        raise InvalidInput(f"The number of paths is {most:,}; it must be from 1 to {MOST_PATHS}.")
    there = Part.of(projection, dependent)
    shortest = there.paths(dependent, provider, 1)
    opposite = [] if shortest else Part.of(projection, provider).paths(provider, dependent, 1)
    return Paths(
        revision=projection.revision.seq,
        as_of=projection.revision.at,
        dependent=ref(projection.cis, dependent),
        provider=ref(projection.cis, provider),
        shortest=next((_told(projection, path) for path in shortest), None),
        disjoint=[_told(projection, path) for path in there.paths(dependent, provider, most)],
        most=most,
        opposite=next((_told(projection, path) for path in opposite), None),
    )


@dataclass(frozen=True, slots=True)
class Part:
    """All that a CI depends on, numbered in the order of `no`: vertex `v` is the CI `cis[v]`."""

    cis: Ints
    start: Ints
    head: Ints

    @classmethod
    def of(cls, projection: Projection, dependent: int) -> "Part":
        """Search and copy it out."""
        with projection.scratch.borrow() as scratch:
            cis, _ = required(projection.wiring, scratch, np.array([dependent], dtype=np.int32))
            cis = cis[np.argsort(projection.cis.no[cis])]
            return cls(cis, *subgraph(projection.wiring, scratch, cis))

    def paths(self, dependent: int, provider: int, most: int) -> list[list[int]]:
        """Disjoint paths as lists of CIs, the shortest first, then by number; none where there is none."""
        ends = [np.flatnonzero(self.cis == ci).tolist() for ci in (dependent, provider)]
        if not all(ends):
            return []
        (source,), (target,) = ends
        tail = np.repeat(np.arange(len(self.cis), dtype=np.int32), np.diff(self.start))
        used = disjoint(self.start, tail, self.head, source, target, most)
        found = sorted(_walked(tail[used], self.head[used], source, target), key=lambda p: (len(p), p))
        return [self.cis[path].tolist() for path in found]


def _walked(tail: Ints, head: Ints, source: int, target: int) -> Iterator[list[int]]:
    """The paths that the arcs make up."""
    after = dict(zip(tail.tolist(), head.tolist(), strict=True))
    for second in head[tail == source].tolist():
        path = [source, second]
        while path[-1] != target:
            path.append(after[path[-1]])
        yield path


def _told(projection: Projection, path: Sequence[int]) -> Path:
    links = [[], *(_links(projection, *pair) for pair in pairwise(path))]
    hops = [Hop(**vars(ref(projection.cis, ci)), links=by) for ci, by in zip(path, links, strict=True)]
    return Path(length=len(path) - 1, hops=hops)


def _links(projection: Projection, dependent: int, provider: int) -> list[Link]:
    """All relationships of a pair that do something, the strongest first."""
    groups = projection.groups
    found = [
        (groups.terms[groups.told[entry]].type, groups.group_terms(group))
        for group in groups.of_owner(dependent)
        for entry in groups.entries(group)
        if groups.wiring.member[entry] == provider and groups.wiring.strength[group] != Strength.NONE
    ]
    found.sort(key=lambda told: (-told[1].strength, told[0], told[1].name or "", repr(told[1])))
    return [
        Link(
            relationship=type_,
            strength=terms.strength.label,
            group=terms.name,
            need=terms.need,
            of=terms.total,
            told=terms.told,
            assumed=terms.assumed,
        )
        for type_, terms in found
    ]
