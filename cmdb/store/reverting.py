"""Takes one edit of a record back without losing those that came after it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from cmdb.reconciliation.evaluation import DESCRIPTION, Record
from cmdb.reconciliation.observation import relation_identity

K = TypeVar("K")
V = TypeVar("V")


def reverted(now: Record, before: Record, after: Record) -> tuple[Record, bool]:
    """What a record says now, less what once made `after` out of `before`; and whether all of it still held.

    Attributes and relations are taken back one by one; what has been said otherwise since is left as it is.
    A description (class and name) that was given or withdrawn counts as one piece with all that came along.
    """
    if says(now) == says(after):
        return before, True
    if _describes(before) != _describes(after):
        return now, False
    attributes, own = _less(now.attributes or {}, before.attributes or {}, after.attributes or {})
    relations, related = _less(_relations(now), _relations(before), _relations(after))
    record = replace(now, attributes=attributes or None, relations=tuple(relations.values()))
    return record, own and related


def says(record: Record) -> tuple[Any, Any]:
    """What a record says, whenever it was observed."""
    return record.attributes, _relations(record)


def _describes(record: Record) -> bool:
    return (record.attributes or {}).keys() >= DESCRIPTION


def _relations(record: Record) -> dict[tuple[str, str, str], Any]:
    return {relation_identity(relation): relation for relation in record.relations}


def _less(now: Mapping[K, V], before: Mapping[K, V], after: Mapping[K, V]) -> tuple[dict[K, V], bool]:
    edited = {key for key in before.keys() | after.keys() if _item(before, key) != _item(after, key)}
    still = {key for key in edited if _item(now, key) == _item(after, key)}
    kept = {key: value for key, value in now.items() if key not in still}
    return kept | {key: before[key] for key in still if key in before}, still == edited


def _item(mapping: Mapping[K, V], key: K) -> tuple[bool, V | None]:
    """A value that is None differs from none: a person may have cleared it."""
    return key in mapping, mapping.get(key)
