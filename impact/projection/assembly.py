"""From relationships to the groups that kernels walk, and from one wiring to the next."""

from typing import NamedTuple

import numpy as np

from impact.arrays import Bytes, Flags, Ints
from impact.kernels.grouping import numbered
from impact.kernels.memberships import counters, memberships, rewired, totals
from impact.kernels.sorting import stable_order, starts
from impact.kernels.wiring import Wiring
from impact.projection.links import OUTSIDE, Links
from impact.projection.terms import TermsTable


class Grouping(NamedTuple):
    """Which relationships make which groups; relationships are places in `Links`."""

    group: Ints
    """Of each relationship."""
    head: Ints
    """The first relationship of each group."""
    order: Ints
    """The relationships to CIs in use by group, member and rank: the entries."""
    first: Ints
    """Where the entries of each group begin; one more than groups."""


def grouped(links: Links, cis: int, table: TermsTable) -> Grouping:
    """Make groups of the relationships between `cis` CIs."""
    group, head = _numbered(links, cis, table)
    return Grouping(group, head, *_entries(links, group, len(head), cis, table))


def wired(links: Links, grouping: Grouping, cis: int, table: TermsTable) -> tuple[Wiring, Flags]:
    """The wiring of groups, and which of them want more than they have."""
    group, head, order, first = grouping
    owner, stated, told = links.dependent[head], links.told[head], links.told[order]
    member, failover, tolerates = links.provider[order], table.failover[stated], table.tolerates[told]
    weight = np.where(_repeats(member, first), 0, table.weight[told]).astype(np.int32)
    total = totals(first, weight)
    asked = table.asked(stated, total)
    need = np.minimum(asked, total).astype(np.int32)
    strength = _strongest(links, grouping, table)
    spare = (total - need).astype(np.int32)
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
    return wiring, asked > total


def _strongest(links: Links, grouping: Grouping, table: TermsTable) -> Bytes:
    """The strength of each group: the strongest of its members in use, or what it says without any."""
    group, head, order, first = grouping
    strength = np.zeros(len(head), dtype=np.int8)
    np.maximum.at(strength, group[order], table.strength[links.told[order]])
    empty = first[:-1] == first[1:]
    strength[empty] = table.strength[links.told[head[empty]]]
    return strength


def _numbered(links: Links, cis: int, table: TermsTable) -> tuple[Ints, Ints]:
    """The group of each relationship, and the first relationship of each group, owner by owner."""
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


def joined(old: Wiring, new: Wiring, owners: Ints, left: Ints) -> Wiring:
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
