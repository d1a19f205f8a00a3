"""Strings in one array: a twentieth of the objects, and quick to copy, save and sort."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from impact.arrays import Ints, ranges

Octets = npt.NDArray[np.uint8]


def octets(ids: Sequence[str]) -> Octets:
    """UUIDs, n by 16."""
    return np.frombuffer(bytes.fromhex("".join(ids).replace("-", "")), dtype=np.uint8).reshape(-1, 16)


@dataclass(frozen=True, slots=True)
class Text:
    """String `i` is `data[bounds[i, 0]:bounds[i, 1]]`, in UTF-8."""

    data: Octets
    bounds: Ints

    @classmethod
    def of(cls, strings: "Sequence[str] | pa.StringArray") -> "Text":
        """The strings of a list, or of an Arrow array without nulls."""
        array = strings if isinstance(strings, pa.Array) else pa.array(strings, pa.string())
        _, offsets, data = array.buffers()
        edges = np.frombuffer(offsets, dtype=np.int32)[array.offset : array.offset + len(array) + 1]
        octets = np.frombuffer(data or b"", dtype=np.uint8)
        return cls(octets, np.stack((edges[:-1], edges[1:]), axis=1))

    def __len__(self) -> int:
        return len(self.bounds)

    def __getitem__(self, index: int) -> str:
        start, end = self.bounds[index].tolist()
        return self.data[start:end].tobytes().decode()

    def taken(self, indices: Ints) -> "Text":
        """Some of the strings, in an array of their own; empty where an index is negative."""
        bounds = np.zeros((len(indices), 2), dtype=np.int32)
        bounds[indices >= 0] = self.bounds[indices[indices >= 0]]
        ends = np.cumsum(bounds[:, 1] - bounds[:, 0], dtype=np.int32)
        starts = np.concatenate((np.zeros(1, dtype=np.int32), ends))[: len(ends)]
        return Text(self.data[ranges(bounds)], np.stack((starts, ends), axis=1))

    def replaced(self, at: Ints, others: "Text") -> "Text":
        """The same with other strings at some places, which may lie beyond the end."""
        bounds = np.zeros((max(len(self), int(at.max(initial=-1)) + 1), 2), dtype=np.int32)
        bounds[: len(self)] = self.bounds
        bounds[at] = others.bounds + np.int32(len(self.data))
        return Text(np.concatenate((self.data, others.data)), bounds)

    def followed_by(self, others: "Text") -> "Text":
        """These, then others."""
        return self.replaced(np.arange(len(self), len(self) + len(others), dtype=np.int32), others)

    def array(self, indices: Ints) -> pa.StringArray:
        """Some of the strings, for Arrow; empty where an index is negative."""
        some = self.taken(indices)
        edges = np.concatenate((np.zeros(1, dtype=np.int32), some.bounds[:, 1]))
        return pa.StringArray.from_buffers(len(some), pa.py_buffer(edges), pa.py_buffer(some.data))

    def order(self) -> Ints:
        """The indices of the strings in their order, equal ones as they stand."""
        array = self.array(np.arange(len(self), dtype=np.int32))
        order: Ints = pc.sort_indices(array).to_numpy().astype(np.int32)
        return order
