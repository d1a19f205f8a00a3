"""Redundancy groups: who depends on whom, on what terms."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from impact.arrays import Flags, Ints, ranges
from impact.kernels.grouping import numbered
from impact.kernels.memberships import counters, memberships, rewired, totals
from impact.kernels.sorting import stable_order, starts
from impact.kernels.wiring import Wiring
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
        group, head = _grouped(links, cis, table)
        stated, owner = links.told[head], links.dependent[head]
        order, first = _entries(links, group, len(head), cis, table)
        member, told = links.provider[order], links.told[order]
        weight = np.where(_repeats(member, first), 0, table.weight[told]).astype(np.int32)
        total = totals(first, weight)
        asked = table.asked(stated, total)
        need = np.minimum(asked, total).astype(np.int32)
        strength = np.zeros(len(head), dtype=np.int8)
        np.maximum.at(strength, group[order], table.strength[told])
        empty = first[:-1] == first[1:]
        strength[empty] = table.strength[stated[empty]]
        assumed = np.zeros(len(head), dtype=np.bool_)
        assumed[group[table.assumed[links.told]]] = True
        spare = (total - need).astype(np.int32)
        failover, tolerates = table.failover[stated], table.tolerates[told]
        timed = failover > 0
        timed[group[order][tolerates > 0]] = True
        counted = counters(spare, strength, timed)
        rows = memberships(owner, first, strength, failover, member, weight, tolerates, counted, cis)
        edges = starts(owner, cis)
        wiring = Wiring(
            owned=np.stack((edges[:-1], edges[1:]), axis=1),
            owner=owner,
            first=first,
            need=need,
            strength=strength,
            failover=failover,
            member=member,
            weight=weight,
            tolerates=tolerates,
            row=rows[0],
            dependent=rows[1],
            counter=rows[2],
            carried=rows[3],
            tolerated=rows[4],
            spare=spare[counted],
            counted=counted,
        )
        return cls(
            wiring=wiring,
            told=told,
            stated=stated,
            assumed=assumed,
            capped=asked > total,
            labels=links.labels.taken(links.label[head]),
            terms=links.terms,
            live=len(member),
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
        new = Groups.of(links, cis, strengths)
        terms = {told: index for index, told in enumerate(dict.fromkeys((*self.terms, *new.terms)))}
        recoded = np.array([terms[told] for told in new.terms], dtype=np.int32)
        gone = self._all_entries(ranges(self.wiring.owned[owners[owners < len(self.wiring.owned)]]))
        return Groups(
            wiring=_joined(self.wiring, new.wiring, owners, self.wiring.member[gone]),
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


def _grouped(links: Links, cis: int, table: TermsTable) -> tuple[Ints, Ints]:
    order = np.arange(len(links.dependent), dtype=np.int32)
    order = stable_order(table.rank[links.told], order, len(table.rank))
    order = stable_order(links.provider + np.int32(1), order, cis + 1)
    order = stable_order(links.dependent, order, cis)
    return numbered(links.dependent, links.label, order, len(links.labels))


def _entries(links: Links, group: Ints, groups: int, cis: int, table: TermsTable) -> tuple[Ints, Ints]:
    """Relationships to CIs in use by group, member and rank; and where each group begins."""
    order = np.flatnonzero(links.provider != OUTSIDE).astype(np.int32)
    first = starts(group[order], groups)
    order = _sorted_within(table.rank[links.told], order, len(table.rank))
    order = _sorted_within(links.provider, order, cis)
    return _sorted_within(group, order, groups), first


def _sorted_within(keys: Ints, order: Ints, count: int) -> Ints:
    arranged: Ints = order[stable_order(keys[order], np.arange(len(order), dtype=np.int32), count)]
    return arranged


def _repeats(member: Ints, first: Ints) -> Flags:
    """Which entries have the member of the entry before, in the same group."""
    repeats = np.zeros(len(member), dtype=np.bool_)
    repeats[1:] = member[1:] == member[:-1]
    repeats[first[:-1][first[:-1] < len(member)]] = False
    return repeats


def _joined(old: Wiring, new: Wiring, owners: Ints, left: Ints) -> Wiring:
    """The wiring with the groups of some owners replaced; `left` are members of their old groups."""
    groups, entries, count = len(old.owner), len(old.member), len(old.spare)
    cis = len(new.owned)
    owned = _grown(old.owned, cis)
    owned[owners] = new.owned[owners] + np.int32(groups)
    touched = np.unique(np.concatenate((left, new.member))).astype(np.int32)
    replaced = np.zeros(cis, dtype=np.bool_)
    replaced[owners] = True
    counter = np.where(new.counter == OUTSIDE, OUTSIDE, new.counter + np.int32(count)).astype(np.int32)
    new = new._replace(counter=counter)
    bounds, rewritten = rewired(touched, replaced, old.row, old.dependent, new.row)
    row = _grown(old.row, cis)
    row[touched] = bounds + np.int32(len(old.dependent))
    return Wiring(
        owned=owned,
        first=np.concatenate((old.first, new.first[1:] + np.int32(entries))),
        row=row,
        counted=np.concatenate((old.counted, new.counted + np.int32(groups))),
        **{name: np.concatenate((getattr(old, name), getattr(new, name))) for name in APPENDED},
        **{
            name: np.concatenate(
                (getattr(old, name), _taken(getattr(old, name), getattr(new, name), rewritten))
            )
            for name in ROW_ENTRIES
        },
    )


def _taken(old: Ints, new: Ints, entries: Ints) -> Ints:
    """Some entries of old and new rows, as `rewired` tells them."""
    taken, is_new = np.empty(len(entries), dtype=np.int32), entries < 0
    taken[is_new] = new[-1 - entries[is_new]]
    taken[~is_new] = old[entries[~is_new]]
    return taken


APPENDED = ("owner", "need", "strength", "failover", "member", "weight", "tolerates", "spare")
ROW_ENTRIES = ("dependent", "counter", "carried", "tolerated")


def _grown(rows: Ints, count: int) -> Ints:
    """A copy with empty rows at the end, up to `count`."""
    grown = np.zeros((count, rows.shape[1]), dtype=np.int32)
    grown[: len(rows)] = rows
    return grown
