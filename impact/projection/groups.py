"""Redundancy groups as arrays: the form that failure is computed on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

import numpy as np
import numpy.typing as npt

from impact.arrays import Bytes, Flags, Ints, Longs, positions, starts
from impact.projection.links import OUTSIDE, Links
from impact.projection.need import Need, required

T = TypeVar("T", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups in the order of their owners, each with its distinct members in ascending order.

    CI `i` owns the groups `owned[i]` up to `owned[i + 1]`. Group `g` has the members
    `member[first[g]:first[g + 1]]`, each with its `weight` and the `type` of its relationship; it
    needs `need[g]` of the `total[g]` that they weigh. The groups that contain CI `i` are
    `container[within[i]:within[i + 1]]`, where it weighs `carried` at the same positions.
    """

    owner: Ints
    owned: Ints
    label: Ints
    wanted: Ints
    """Index of the need as told; `need` is what it comes to, capped at what exists."""
    need: Ints
    total: Ints
    strength: Bytes
    assumed: Flags
    capped: Flags
    """Wants more than it has: a defect of the data."""

    first: Ints
    member: Ints
    weight: Ints
    type: Ints

    within: Ints
    container: Ints
    carried: Ints

    def of(self, ci: int) -> range:
        """The groups that a CI owns."""
        return range(self.owned[ci], self.owned[ci + 1])

    def members(self, group: int) -> Ints:
        """The members of one group, ascending."""
        return self.member[self.first[group] : self.first[group + 1]]

    def weights(self, group: int) -> Ints:
        """What the members of one group weigh, in the order of `members`."""
        return self.weight[self.first[group] : self.first[group + 1]]

    def type_in(self, group: int, member: int) -> int:
        """The type of the relationship by which a group has a member."""
        where = np.searchsorted(self.members(group), member)
        return int(self.type[self.first[group] + where])

    def containing(self, cis: Ints) -> tuple[Ints, Ints]:
        """The groups that contain any of some CIs, once for each, and what it weighs there."""
        where = positions(self.within, cis)
        return self.container[where], self.carried[where]


def derive(links: Links, cis: int, needs: Sequence[Need]) -> Groups:
    """Make groups of the relationships of `cis` CIs; `needs` is the vocabulary of `links.need`."""
    order = np.lexsort((links.provider, links.group, links.dependent))
    told = links.group[order]
    heads = np.flatnonzero(np.diff(told, prepend=OUTSIDE))
    group = np.repeat(np.arange(len(heads), dtype=np.int32), np.diff(heads, append=len(told)))
    first, member, weight, type_ = _members(links, order, group, len(heads))
    head = order[heads]
    owner, wanted = links.dependent[head], links.need[head]
    total = _sums(weight, first)
    asked = _asked(wanted, total, needs)
    container = np.repeat(np.arange(len(heads), dtype=np.int32), np.diff(first))
    by_member = np.argsort(member, kind="stable")
    return Groups(
        owner=owner,
        owned=starts(owner, cis),
        label=links.label[head],
        wanted=wanted,
        need=np.minimum(asked, total),
        total=total,
        strength=_reduced(np.maximum, links.strength[order], heads),
        assumed=_reduced(np.logical_or, links.assumed[order], heads),
        capped=asked > total,
        first=first,
        member=member,
        weight=weight,
        type=type_,
        within=starts(member, cis),
        container=container[by_member],
        carried=weight[by_member],
    )


def _members(links: Links, order: Longs, group: Ints, count: int) -> tuple[Ints, Ints, Ints, Ints]:
    """Distinct members; of several relationships to one provider the heaviest weight counts."""
    inside = links.provider[order] != OUTSIDE
    order, group = order[inside], group[inside]
    provider = links.provider[order]
    changes = (np.diff(group, prepend=-1) != 0) | (np.diff(provider, prepend=-1) != 0)
    distinct = np.flatnonzero(changes)
    weight = _reduced(np.maximum, links.weight[order], distinct)
    return (
        starts(group[distinct], count),
        provider[distinct],
        weight,
        links.type[order][distinct],
    )


def _reduced(operation: np.ufunc, values: npt.NDArray[T], heads: Longs) -> npt.NDArray[T]:
    """Reduce runs of values that begin at `heads`."""
    return cast(npt.NDArray[T], operation.reduceat(values, heads)) if len(heads) else values[:0]


def _sums(weight: Ints, first: Ints) -> Ints:
    running = np.concatenate(([0], np.cumsum(weight, dtype=np.int64)))
    return np.diff(running[first]).astype(np.int32)


def _asked(wanted: Ints, total: Ints, needs: Sequence[Need]) -> Ints:
    asked = total.astype(np.int64)
    for index, need in enumerate(needs):
        told = wanted == index
        asked[told] = required(need, asked[told])
    return np.minimum(asked, np.iinfo(np.int32).max).astype(np.int32)
