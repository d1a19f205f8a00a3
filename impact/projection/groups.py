"""Redundancy groups: who depends on whom, on what terms."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from impact.arrays import Flags, Ints, ranges
from impact.kernels.wiring import Wiring
from impact.projection.assembly import grouped, joined, wired
from impact.projection.links import OUTSIDE, Links
from impact.projection.need import Need
from impact.projection.terms import Terms, TermsTable
from impact.projection.text import Text
from impact.strength import Strength


class GroupTerms(NamedTuple):
    """What people call a group and ask of it."""

    name: str | None
    strength: Strength
    need: int
    """What must be up, at most all there is."""
    total: int
    told: Need
    """The need as the data have it."""
    assumed: bool


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of all CIs; groups that have been replaced are still there, owned by nobody."""

    wiring: Wiring
    told: Ints
    """Terms of each entry, as an index into `terms`."""
    stated: Ints
    """Terms of each group: its need and failover are those."""
    assumed: Flags
    """Whether a source took the redundancy of a group for granted."""
    capped: Flags
    """Whether a group wants more than it has: a defect of the data."""
    labels: Text
    """Name of each group; empty where it has none."""
    terms: tuple[Terms, ...]
    live: int
    """How many of the entries belong to groups that are owned."""

    @classmethod
    def of(cls, links: Links, cis: int, strengths: Mapping[str, str]) -> "Groups":
        """Make the groups of relationships between `cis` CIs; strengths as in `TermsTable.of`."""
        table = TermsTable.of(links.terms, strengths)
        grouping = grouped(links, cis, table)
        wiring, capped = wired(links, grouping, cis, table)
        assumed = np.zeros(len(grouping.head), dtype=np.bool_)
        assumed[grouping.group[table.assumed[links.told]]] = True
        return cls(
            wiring=wiring,
            told=links.told[grouping.order],
            stated=links.told[grouping.head],
            assumed=assumed,
            capped=capped,
            labels=links.labels.taken(links.label[grouping.head]),
            terms=links.terms,
            live=len(grouping.order),
        )

    def of_owner(self, ci: int) -> range:
        """The groups that a CI owns."""
        return range(*self.wiring.owned[ci].tolist())

    def entries(self, group: int) -> range:
        """The entries of one group: one for each relationship to a CI in use, by member."""
        return range(*self.wiring.first[group : group + 2].tolist())

    def members(self, group: int) -> Ints:
        """The distinct members of one group, ascending."""
        member = self.wiring.member[slice_of(self.entries(group))]
        return member[self.wiring.weight[slice_of(self.entries(group))] > 0]

    def weights(self, group: int) -> Ints:
        """What the members of one group weigh, in the order of `members`."""
        weight = self.wiring.weight[slice_of(self.entries(group))]
        return weight[weight > 0]

    def types(self, group: int) -> list[str]:
        """The types of the relationships of a group, sorted; also of one without a member in use."""
        told = {*self.told[slice_of(self.entries(group))].tolist(), int(self.stated[group])}
        return sorted({self.terms[index].type for index in told})

    def type_in(self, group: int, member: int) -> str:
        """The type of the relationship by which a group has a member."""
        entries = self.entries(group)
        where = np.searchsorted(self.wiring.member[slice_of(entries)], member)
        return self.terms[int(self.told[entries.start + where])].type

    def group_terms(self, group: int) -> GroupTerms:
        """What people call a group and ask of it."""
        entries = slice_of(self.entries(group))
        return GroupTerms(
            name=self.labels[group] or None,
            strength=Strength(self.wiring.strength[group]),
            need=int(self.wiring.need[group]),
            total=int(self.wiring.weight[entries].sum()),
            told=self.terms[self.stated[group]].need,
            assumed=bool(self.assumed[group]),
        )

    def _all_entries(self, groups: Ints) -> Ints:
        """The entries of several groups, group by group."""
        first = self.wiring.first
        return ranges(np.stack((first[groups], first[groups + 1]), axis=1))

    def links(self, owners: Ints) -> Links:
        """The relationships of some CIs, from which the same groups can be made again."""
        wiring = self.wiring
        groups = ranges(wiring.owned[owners])
        sizes = wiring.first[groups + 1] - wiring.first[groups]
        entries = self._all_entries(groups)
        empty = groups[sizes == 0]
        group = np.concatenate((np.repeat(groups, sizes), empty))
        named = self.labels.bounds[group, 0] < self.labels.bounds[group, 1]
        return Links(
            dependent=wiring.owner[group],
            provider=np.concatenate((wiring.member[entries], np.full_like(empty, OUTSIDE))),
            label=np.where(named, group, OUTSIDE).astype(np.int32),
            told=np.concatenate((self.told[entries], self.stated[empty])),
            labels=self.labels,
            terms=self.terms,
        )

    def replaced(self, owners: Ints, links: Links, cis: int, strengths: Mapping[str, str]) -> "Groups":
        """The same, with the relationships of some CIs replaced by others; at a cost that follows these.

        `links` are all those of the `owners` from now on; `cis` is how many there are now.
        """
        if not len(owners) and cis == len(self.wiring.owned):
            return self
        new = Groups.of(links, cis, strengths)
        terms = {told: index for index, told in enumerate(dict.fromkeys((*self.terms, *new.terms)))}
        recoded = np.array([terms[told] for told in new.terms], dtype=np.int32)
        gone = self._all_entries(ranges(self.wiring.owned[owners[owners < len(self.wiring.owned)]]))
        return Groups(
            wiring=joined(self.wiring, new.wiring, owners, self.wiring.member[gone]),
            told=np.concatenate((self.told, recoded[new.told])),
            stated=np.concatenate((self.stated, recoded[new.stated])),
            assumed=np.concatenate((self.assumed, new.assumed)),
            capped=np.concatenate((self.capped, new.capped)),
            labels=self.labels.followed_by(new.labels),
            terms=tuple(terms),
            live=self.live - len(gone) + new.live,
        )


def slice_of(of: range) -> slice:
    """The same stretch, to cut arrays with."""
    return slice(of.start, of.stop)
