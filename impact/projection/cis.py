"""The CIs of a projection, and what answers say of each."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar
from uuid import UUID

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from impact.arrays import Flags, Ints
from impact.projection.links import OUTSIDE
from impact.projection.rows import NOT_IN_USE, CIBlock, Profile
from impact.projection.text import Octets, Text

T = TypeVar("T", bound=np.generic)


@dataclass(frozen=True)
class CIs:
    """The CIs in use, each by its index; one that has left since keeps an index that nothing refers to."""

    no: Ints
    """Number of each CI; -1 for one that has left."""
    index: Ints
    """Index by number; -1 for those outside."""
    id: Octets
    """UUID of each, n by 16."""
    name: Text
    profile: Ints
    """Index into `profiles`."""
    profiles: tuple[Profile, ...]
    by_name: Ints
    """The CIs in the order of their names."""

    @classmethod
    def of(cls, blocks: Iterable[CIBlock]) -> "CIs":
        """The CIs in use among those of some blocks, by number."""
        no, id_, name, profile, profiles = _columns(blocks)
        order = np.argsort(no, kind="stable").astype(np.int32)
        no, name = no[order], name.taken(order)
        index = np.full(int(no.max(initial=-1)) + 1, OUTSIDE, dtype=np.int32)
        index[no] = np.arange(len(no))
        return cls(no, index, id_[order], name, profile[order], profiles, name.order())

    def __len__(self) -> int:
        return len(self.no)

    @cached_property
    def rank(self) -> Ints:
        """The place of each CI among all, in the order of their names."""
        rank = np.zeros(len(self), dtype=np.int32)
        rank[self.by_name] = np.arange(len(self.by_name))
        return rank

    def find(self, nos: Iterable[int]) -> Ints:
        """The indices of CIs by number; -1 for those outside."""
        asked = np.asarray(nos if isinstance(nos, np.ndarray) else list(nos), dtype=np.int64)
        found = np.full(len(asked), OUTSIDE, dtype=np.int32)
        known = asked < len(self.index)
        found[known] = self.index[asked[known]]
        return found

    @cached_property
    def _by_id(self) -> tuple[Ints, npt.NDArray[np.bytes_]]:
        """The CIs in the order of their ids, and these."""
        present = np.flatnonzero(self.no != OUTSIDE).astype(np.int32)
        keys = _keys(self.id[present])
        order = np.argsort(keys, kind="stable")
        return present[order], keys[order]

    def find_ids(self, ids: Sequence[str]) -> Ints:
        """The indices of CIs by id; -1 for those outside, and for what is no id."""
        cis, keys = self._by_id
        asked = _keys(np.frombuffer(b"".join(map(_octets, ids)), dtype=np.uint8).reshape(-1, 16))
        place = np.searchsorted(keys, asked)
        found = np.full(len(ids), OUTSIDE, dtype=np.int32)
        known = np.flatnonzero(place < len(keys))
        known = known[keys[place[known]] == asked[known]]
        found[known] = cis[place[known]]
        return found

    def nos(self, cis: Ints) -> list[int]:
        """The numbers of CIs by index."""
        return [int(no) for no in self.no[cis]]

    def uuid(self, ci: int) -> str:
        """The id of a CI."""
        told = self.id[ci].tobytes().hex()
        return f"{told[:8]}-{told[8:12]}-{told[12:16]}-{told[16:20]}-{told[20:]}"

    def described(self, ci: int) -> Profile:
        """What a CI has in common with others."""
        return self.profiles[int(self.profile[ci])]

    def having(self, cis: Ints, test: Callable[[Profile], bool]) -> Flags:
        """For each of some CIs, whether its profile passes a test."""
        return self.valued(cis, test).astype(np.bool_)

    def valued(self, cis: Ints, value: Callable[[Profile], int]) -> Ints:
        """For each of some CIs, what its profile is worth; only profiles that they have are asked."""
        values = np.zeros(len(self.profiles), dtype=np.int32)
        for index in np.flatnonzero(np.bincount(self.profile[cis])).tolist():
            values[index] = value(self.profiles[index])
        return values[self.profile[cis]]

    def replaced(self, blocks: Iterable[CIBlock], gone: Iterable[int]) -> "CIs":
        """The same with some CIs as in `blocks` now, new or not, and without those `gone` (by number)."""
        no, id_, name, profile, profiles = _columns(blocks, self.profiles)
        gone = list(gone)
        if not len(no) and not gone:
            return self
        leaving = self.find(gone)
        leaving = leaving[leaving != OUTSIDE]
        at = self.find(no.tolist())
        fresh = at == OUTSIDE
        count = len(self) + int(fresh.sum())
        at[fresh] = np.arange(len(self), count)
        index = np.full(max(len(self.index), int(no.max(initial=-1)) + 1), OUTSIDE, dtype=np.int32)
        index[: len(self.index)] = self.index
        index[self.no[leaving]] = OUTSIDE
        index[no] = at
        names = self.name.replaced(at, name)
        return CIs(
            no=_put(_put(self.no, leaving, np.int32(OUTSIDE), count), at, no, count),
            index=index,
            id=_put(self.id, at, id_, count),
            name=names,
            profile=_put(self.profile, at, profile, count),
            profiles=profiles,
            by_name=_reordered(self.by_name, np.concatenate((leaving, at)), at, names),
        )


def _keys(ids: Octets) -> npt.NDArray[np.bytes_]:
    """Ids, n by 16, as strings of bytes that can be sorted."""
    keys: npt.NDArray[np.bytes_] = np.ascontiguousarray(ids).view("S16").reshape(-1)
    return keys


def _octets(id_: str) -> bytes:
    """A UUID as bytes; zeros for what is none."""
    try:
        return UUID(id_).bytes
    except ValueError:
        return bytes(16)


def _columns(
    blocks: Iterable[CIBlock], known: Sequence[Profile] = ()
) -> tuple[Ints, Octets, Text, Ints, tuple[Profile, ...]]:
    """Numbers, ids, names and profiles of the CIs in use; profiles are numbered after those `known`."""
    codes = {profile: code for code, profile in enumerate(known)}
    empty = np.empty(0, dtype=np.int32)
    nos, profiles = [empty], [empty]
    ids: list[Octets] = [np.empty((0, 16), dtype=np.uint8)]
    names = [pa.array([], pa.string())]
    for block in map(_in_use, blocks):
        recoded = [codes.setdefault(profile, len(codes)) for profile in block.profiles]
        profiles.append(np.array(recoded, dtype=np.int32)[block.profile])
        nos.append(block.nos)
        ids.append(block.ids)
        names.append(block.names)
    name = Text.of(pa.concat_arrays(names))
    return np.concatenate(nos), np.concatenate(ids), name, np.concatenate(profiles), tuple(codes)


def _in_use(block: CIBlock) -> CIBlock:
    """Those of the CIs that are in use."""
    used = np.array([profile.status not in NOT_IN_USE for profile in block.profiles], dtype=np.bool_)
    if used.all():
        return block
    keep = used[block.profile]
    return CIBlock(
        block.profiles, block.profile[keep], block.nos[keep], block.ids[keep], block.names.filter(keep)
    )


def _put(column: npt.NDArray[T], at: Ints, values: npt.ArrayLike, count: int) -> npt.NDArray[T]:
    """A copy of a column, grown to `count`, with some values put in."""
    grown = np.zeros((count, *column.shape[1:]), dtype=column.dtype)
    grown[: len(column)] = column
    grown[at] = values
    return grown


def _reordered(by_name: Ints, leaving: Ints, coming: Ints, names: Text) -> Ints:
    """The order of names without some CIs and with others: each is sought in what is in order already."""
    moved = np.zeros(len(names), dtype=np.bool_)
    moved[leaving] = True
    kept = by_name[~moved[by_name]]
    fresh = sorted(coming.tolist(), key=lambda ci: (names[ci], ci))
    places = [bisect_right(kept, names[ci], key=names.__getitem__) for ci in fresh]
    return np.insert(kept, places, fresh).astype(np.int32)
