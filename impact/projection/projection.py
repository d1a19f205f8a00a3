"""The graph of dependencies in memory, as failure sees it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from cmdb.errors import InvalidInput
from cmdb.history import Revision
from impact.arrays import Ints, lookup
from impact.projection.groups import Groups, derive
from impact.projection.links import Links
from impact.projection.need import Need


@dataclass(frozen=True)
class Projection:
    """A snapshot of the graph at one revision. CIs are indices into `no`, which ascends.

    Planned, stocked and retired CIs are outside, with all their dependencies on others. A group all
    of whose members are outside has none, needs none and is never lost.
    """

    revision: Revision
    purged: int
    """How many CIs of that time are gone for good, and missing here."""
    no: Ints
    """Numbers of the CIs, ascending."""
    class_: Ints
    """Index into `classes`, by CI."""
    links: Links
    classes: tuple[str, ...]
    types: tuple[str, ...]
    labels: tuple[str, ...]
    needs: tuple[Need, ...]

    @cached_property
    def groups(self) -> Groups:
        """The redundancy groups."""
        return derive(self.links, len(self.no), self.needs)

    def find(self, nos: Iterable[int]) -> Ints:
        """The indices of CIs by number; -1 for those outside."""
        return lookup(self.no, nos)

    def nos(self, cis: Iterable[int]) -> list[int]:
        """The numbers of CIs by index."""
        return [int(self.no[ci]) for ci in cis]

    def seen(self, types: Sequence[str], ignore_redundancy: bool) -> "Projection":
        """The same CIs with the relationships of some types only, or each of them hard on its own.

        Raises InvalidInput for a type that no relationship has, unless the graph is empty.
        """
        links = self.links
        if types:
            links = links.only(self._indices(types))
        if ignore_redundancy:
            links = links.without_redundancy(self.needs.index(None))
        return self if links is self.links else replace(self, links=links)

    def _indices(self, types: Sequence[str]) -> list[int]:
        unknown = set(types) - set(self.types)
        if unknown:
            raise InvalidInput(
                f"No relationship has the type {', '.join(sorted(unknown))}. "
                f"Types in the graph: {', '.join(sorted(self.types))}."
            )
        return [self.types.index(name) for name in types]
