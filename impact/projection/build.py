"""From rows to a projection, without a database."""

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

import numpy as np

from cmdb.history import BEGINNING, Revision
from impact.arrays import Bytes, Ints, lookup
from impact.projection.links import OUTSIDE, Links
from impact.projection.need import Need
from impact.projection.projection import Projection
from impact.projection.rows import CIRow, RelationshipRow
from impact.strength import Strength

NOT_IN_USE = frozenset({"planned", "in_stock", "retired"})
NO_ROW = RelationshipRow(OUTSIDE, OUTSIDE, "")

V = TypeVar("V", bound=Hashable)


class _Vocabulary(dict[V, int]):
    """Numbers values in the order of their first appearance."""

    def __missing__(self, value: V) -> int:
        self[value] = len(self)
        return self[value]

    def number(self, values: Iterable[V]) -> Ints:
        return np.array([self[value] for value in values], dtype=np.int32)


def build(
    cis: Iterable[CIRow],
    relationships: Iterable[RelationshipRow],
    strengths: Mapping[str, str],
    revision: Revision = BEGINNING,
    purged: int = 0,
) -> Projection:
    """Build the projection of a graph.

    `strengths` gives the strength of each type for relationships that do not say; a type that it
    does not know is hard, since what is not known is not safe. A relationship to a CI that `cis`
    lacks counts as one to a planned CI. `purged` counts the CIs gone for good.
    """
    inside = sorted(row for row in cis if row.status not in NOT_IN_USE)
    no = np.array([row.no for row in inside], dtype=np.int32)
    classes = _Vocabulary[str]()
    class_ = classes.number(row.class_ for row in inside)
    types, labels = _Vocabulary[str](), _Vocabulary[str]()
    needs = _Vocabulary[Need]({None: 0})
    columns = zip(*(NO_ROW, *relationships), strict=True)
    dependents, providers, told_types, told_groups, told_needs, told_strengths, weights, assumed = (
        column[1:] for column in columns
    )
    dependent = lookup(no, dependents)
    links = Links(
        dependent=dependent,
        provider=lookup(no, providers),
        type=types.number(told_types),
        group=_grouped(dependents, told_groups),
        label=np.array([OUTSIDE if g is None else labels[g] for g in told_groups], dtype=np.int32),
        need=needs.number(told_needs),
        strength=_strengths(told_types, told_strengths, strengths),
        weight=np.array([1 if weight is None else weight for weight in weights], dtype=np.int32),
        assumed=np.array(assumed, dtype=np.bool_),
    ).where(dependent != OUTSIDE)
    return Projection(
        revision=revision,
        purged=purged,
        no=no,
        class_=class_,
        links=links,
        classes=tuple(classes),
        types=tuple(types),
        labels=tuple(labels),
        needs=tuple(needs),
    )


def _grouped(dependents: Iterable[int], groups: Iterable[str | None]) -> Ints:
    """Number the groups; a relationship without one is a group of its own."""
    numbers = _Vocabulary[tuple[int, str | int]]()
    told = enumerate(zip(dependents, groups, strict=True))
    return numbers.number(
        (dependent, index if group is None else group) for index, (dependent, group) in told
    )


def _strengths(types: Iterable[str], told: Iterable[str | None], defaults: Mapping[str, str]) -> Bytes:
    codes = {strength.name.lower(): strength for strength in Strength}
    pairs = zip(types, told, strict=True)
    names = [strength or defaults.get(type_, "hard") for type_, strength in pairs]
    return np.array([codes[name] for name in names], dtype=np.int8)
