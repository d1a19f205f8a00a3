"""What a run has seen of its scope, so that its end can tell what is missing."""

import zlib
from collections.abc import Iterable

import numpy as np
import orjson

from cmdb.reconciliation.merging import Effect, Identity
from cmdb.reconciliation.observation import Observation, Rejection


class Tally:
    """Counts of one run.

    `lost`: native id → relations that the source no longer tells of. `relations` and `members` (those in
    groups) count what the scope's records said before of things that were seen. `unsure`: a row was
    rejected of which nobody can say what thing it is.
    """

    def __init__(self) -> None:
        self._numbers: set[int] = set()
        self.lost: dict[str, tuple[Identity, ...]] = {}
        self.relations = 0
        self.members = 0
        self.unsure = False
        self.unsure_relations = False
        self.rejected_ids: set[str] = set()

    def saw(self, number: int) -> None:
        """Note that the thing of a record (by number) is there."""
        self._numbers.add(number)

    def knew(self, observation: Observation, relations: str | None) -> None:
        """Count what a record said before of the relations that an observation tells of."""
        if observation.relations is None or observation.adds or relations is None:
            return
        said = orjson.loads(relations)
        self.relations += len(said)
        self.members += sum("group" in relation for relation in said)

    def took(self, native_id: str, effect: Effect) -> None:
        """Note what a sighting did."""
        self._numbers.add(effect.number)
        if effect.lost:
            self.lost[native_id] = effect.lost

    def rejected(self, rejection: Rejection) -> None:
        """Note that a row is there, though it does not fit."""
        if rejection.table == "relationships":
            self.unsure_relations = True
        elif native_id := rejection.row.get("native_id"):
            self.rejected_ids.add(str(native_id))
        else:
            self.unsure = True

    @property
    def numbers(self) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
        """The numbers of all records that were seen, in order."""
        return np.array(sorted(self._numbers), dtype=np.int64)


def pack(numbers: Iterable[int]) -> bytes:
    """Numbers in ascending order as few bytes: their differences, compressed."""
    array = np.fromiter(numbers, dtype=np.int64)
    return zlib.compress(np.diff(array, prepend=0).astype(np.uint32).tobytes(), 6)


def unpack(packed: bytes) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """The numbers that `pack` was given."""
    return np.cumsum(np.frombuffer(zlib.decompress(packed), dtype=np.uint32), dtype=np.int64)
