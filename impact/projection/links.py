"""Relationships as they are told, in columns, before groups are made of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from impact.arrays import Flags, Ints
from impact.projection.rows import RelationshipBlock
from impact.projection.terms import Terms
from impact.projection.text import Text

OUTSIDE = -1
"""In the place of a CI that no analysis sees, or of the name of a group that has none."""


@dataclass(frozen=True, slots=True)
class Links:
    """Relationships; `dependent` and `provider` are indices of CIs.

    `label` is an index into `labels`, the names of groups; `told` into `terms`.
    """

    dependent: Ints
    provider: Ints
    label: Ints
    told: Ints
    labels: Text
    terms: tuple[Terms, ...]

    @classmethod
    def of(cls, blocks: Iterable[RelationshipBlock], index: Ints) -> "Links":
        """The relationships of some blocks between CIs whose `index` by number is given."""
        codes: dict[Terms, int] = {}
        columns: list[tuple[Ints, Ints, Ints]] = []
        names: list[pa.StringArray] = []
        for terms, dependents, providers, groups in blocks:
            told = np.full(len(dependents), codes.setdefault(terms, len(codes)), dtype=np.int32)
            columns.append((_found(index, dependents), _found(index, providers), told))
            names.append(pa.nulls(len(told), pa.string()) if groups is None else groups)
        encoded = pa.chunked_array(names, pa.string()).combine_chunks().dictionary_encode()
        dependent, provider, told = (
            np.concatenate([np.empty(0, dtype=np.int32), *column])
            for column in (zip(*columns, strict=True) if columns else ((), (), ()))
        )
        label = encoded.indices.fill_null(OUTSIDE).to_numpy(zero_copy_only=False).astype(np.int32)
        inside = dependent != OUTSIDE
        return cls(
            dependent[inside],
            provider[inside],
            label[inside],
            told[inside],
            Text.of(encoded.dictionary),
            tuple(codes),
        )

    def where(self, keep: Flags) -> "Links":
        """Some of the relationships, as if the others did not exist."""
        return Links(
            self.dependent[keep],
            self.provider[keep],
            self.label[keep],
            self.told[keep],
            self.labels,
            self.terms,
        )

    def without_redundancy(self, strengths: Mapping[str, str]) -> "Links":
        """Each relationship hard and a group of its own, but for those without any strength."""
        terms = [
            Terms(t.type, strength="none" if (t.strength or strengths.get(t.type)) == "none" else "hard")
            for t in self.terms
        ]
        alone = np.full_like(self.label, OUTSIDE)
        return Links(self.dependent, self.provider, alone, self.told, Text.of([]), tuple(terms))


def _found(index: Ints, nos: Ints) -> Ints:
    """The indices of CIs by number; OUTSIDE for those that have none."""
    asked = np.array(nos, dtype=np.int64)
    found = np.full(len(asked), OUTSIDE, dtype=np.int32)
    known = (asked >= 0) & (asked < len(index))
    found[known] = index[asked[known]]
    return found
