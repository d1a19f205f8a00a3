"""The graph of dependencies in memory, as failure sees it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from cmdb.errors import InvalidInput
from cmdb.history import BEGINNING, Revision
from impact.arrays import Ints
from impact.kernels.scratch import ScratchPool
from impact.kernels.wiring import Wiring
from impact.projection.cis import CIs
from impact.projection.groups import Groups
from impact.projection.links import Links
from impact.projection.rows import CIBlock, RelationshipBlock


@dataclass(frozen=True)
class Projection:
    """A snapshot of the graph at one revision; it never changes. CIs are indices into `cis`.

    Planned, stocked and retired CIs are outside, with all their dependencies on others. A group all
    of whose members are outside has none, needs none and is never lost.
    """

    revision: Revision
    purged: int
    """How many CIs of that time are gone for good, and missing here."""
    cis: CIs
    groups: Groups
    strengths: Mapping[str, str]
    """The strength of each relationship type where a relationship does not say."""

    @classmethod
    def of(
        cls,
        cis: Iterable[CIBlock],
        relationships: Iterable[RelationshipBlock],
        strengths: Mapping[str, str],
        revision: Revision = BEGINNING,
        purged: int = 0,
    ) -> "Projection":
        """Build the projection of a graph; a relationship to a CI that `cis` lacks leads outside."""
        known = CIs.of(cis)
        links = Links.of(relationships, known.index)
        return cls(revision, purged, known, Groups.of(links, len(known), strengths), strengths)

    @property
    def wiring(self) -> Wiring:
        """The dependencies, as kernels walk them."""
        return self.groups.wiring

    @cached_property
    def scratch(self) -> ScratchPool:
        """Memory for kernels on this wiring."""
        return ScratchPool(len(self.cis), self.wiring.spare)

    @cached_property
    def fails_over(self) -> bool:
        """Whether any group takes time to fail over."""
        return bool(self.wiring.failover.any())

    @property
    def waste(self) -> float:
        """The share of entries that no CI owns any more; a new build has none."""
        entries = len(self.wiring.member)
        return 1 - self.groups.live / entries if entries else 0

    def replaced(
        self,
        revision: Revision,
        cis: Iterable[CIBlock],
        gone: Iterable[int],
        owners: Sequence[int],
        relationships: Iterable[RelationshipBlock],
    ) -> "Projection":
        """The graph after a change, at a cost that follows its size, but for copies of arrays.

        `cis` are new or changed, `gone` (by number) have left; `relationships` are from now on all those of
        the `owners` (by number). Whoever depends on a CI that came or left must be among the owners.
        """
        gone = list(gone)
        known = self.cis.replaced(cis, gone)
        links = Links.of(relationships, known.index)
        indices = np.concatenate((self.cis.find([*gone, *owners]), known.find(owners)))
        touched = np.unique(indices[indices >= 0]).astype(np.int32)
        groups = self.groups.replaced(touched, links, len(known), self.strengths)
        return replace(self, revision=revision, cis=known, groups=groups)

    def rewired(self, owners: Ints, links: Links) -> "Projection":
        """The same CIs, with other relationships of some of them."""
        return replace(self, groups=self.groups.replaced(owners, links, len(self.cis), self.strengths))

    def seen(self, types: Sequence[str], ignore_redundancy: bool) -> "Projection":
        """The same CIs with the relationships of some types only, or each of them hard on its own.

        Raises InvalidInput for a type that no relationship has, unless the graph is empty.
        """
        if not types and not ignore_redundancy:
            return self
        links = self.groups.links(np.arange(len(self.cis), dtype=np.int32))
        if types:
            self._require(types)
            counts = np.array([terms.type in types for terms in links.terms], dtype=np.bool_)
            links = links.where(counts[links.told])
        if ignore_redundancy:
            links = links.without_redundancy(self.strengths)
        return replace(self, groups=Groups.of(links, len(self.cis), self.strengths))

    def _require(self, types: Sequence[str]) -> None:
        known = {terms.type for terms in self.groups.terms}
        if unknown := set(types) - known:
            raise InvalidInput(
                f"No relationship has the type {', '.join(sorted(unknown))}. "
                f"Types in the graph: {', '.join(sorted(known))}."
            )
