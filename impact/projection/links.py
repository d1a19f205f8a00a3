"""The relationships as they are told, one array entry each, before groups are made of them."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from impact.arrays import Bytes, Flags, Ints
from impact.strength import Strength

OUTSIDE = -1
"""In the place of a provider that no analysis sees, because it is planned or in stock."""


@dataclass(frozen=True, slots=True)
class Links:
    """Relationships in columns; `dependent` and `provider` are indices of CIs.

    `group` numbers the groups as told, `type`, `need` and `label` (the group's name, -1: none) are
    indices of the projection's vocabularies.
    """

    dependent: Ints
    provider: Ints
    type: Ints
    group: Ints
    label: Ints
    need: Ints
    strength: Bytes
    weight: Ints
    assumed: Flags

    def where(self, keep: Flags) -> "Links":
        """Some of the relationships, as if the others did not exist."""
        return Links(*(getattr(self, column.name)[keep] for column in fields(self)))

    def only(self, types: Sequence[int]) -> "Links":
        """Those of some types."""
        return self.where(np.isin(self.type, types))

    def without_redundancy(self, all_: int) -> "Links":
        """Each relationship hard and a group of its own; `all_` is the index of the need of all."""
        count = len(self.group)
        hard = np.where(self.strength == Strength.NONE, Strength.NONE, Strength.HARD)
        return replace(
            self,
            group=np.arange(count, dtype=np.int32),
            label=np.full(count, OUTSIDE, dtype=np.int32),
            need=np.full(count, all_, dtype=np.int32),
            strength=hard.astype(np.int8),
            assumed=np.zeros(count, dtype=np.bool_),
        )
