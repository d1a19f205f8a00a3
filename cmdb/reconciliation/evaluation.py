"""What a CI says, as a pure function of the records that describe it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cmdb.reconciliation.observation import GROUP_TERMS, MANUAL, Relation

DESCRIPTION = frozenset({"class", "name"})
"""Without these nothing is said of a CI."""


@dataclass(frozen=True, slots=True)
class Record:
    """One source's view of one thing. `attributes` is None where the source says nothing (any more)."""

    key: str
    source: str
    scope: str
    native_id: str
    observed_at: str = ""
    attributes: Mapping[str, Any] | None = None
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class Dependency:
    """A relationship as it should be: ends, what the group and the relation say, and who asserts it."""

    type: str
    provider: str
    terms: Mapping[str, Any]
    sources: tuple[str, ...]

    @property
    def identity(self) -> tuple[str, str, str]:
        """What identifies it within its dependent."""
        return self.type, self.provider, self.terms.get("group", "")


def strongest_first(records: Iterable[Record]) -> list[Record]:
    """People before sources, then the newest view, ties by key."""
    newest = sorted(records, key=lambda record: record.key)
    newest.sort(key=lambda record: record.observed_at, reverse=True)
    newest.sort(key=lambda record: record.source != MANUAL)
    return newest


def evaluate_attributes(records: Iterable[Record]) -> dict[str, Any] | None:
    """Take each attribute from the strongest record that has it.

    An attribute that a person cleared is None in the manual record, and absent from the result. None where
    no record says what the CI is: a person's corrections alone do not describe it.
    """
    values: dict[str, Any] = {}
    for record in reversed(strongest_first(records)):
        values.update(record.attributes or {})
    stated = {name: value for name, value in values.items() if value is not None}
    return stated if stated.keys() >= DESCRIPTION else None


def evaluate_relations(
    records: Sequence[Record], providers: Mapping[tuple[str, str], str]
) -> list[Dependency]:
    """Merge what the records say the CI depends on.

    `providers` maps (record key, native id) to the id of the current CI there; relations to anything else
    are left out. The strongest record that speaks of a relationship, or of a group, states its terms.
    """
    merged: dict[tuple[str, str, str], tuple[dict[str, Any], list[str]]] = {}
    groups: dict[str, dict[str, Any]] = {}
    denied = set()
    for record in strongest_first(records):
        for relation in record.relations:
            provider = providers.get((record.key, relation["to"]))
            if provider is None:
                continue
            group = relation.get("group", "")
            identity = relation["type"], provider, group
            if relation.get("denied"):
                denied.add(identity)
                continue
            terms, sources = merged.setdefault(identity, (_terms(relation), []))
            if record.source not in sources:
                sources.append(record.source)
            if group:
                own = {term: terms.pop(term) for term in GROUP_TERMS if term in terms}
                terms.update(groups.setdefault(group, own))
    return [
        Dependency(type_, provider, terms, tuple(sorted(sources)))
        for (type_, provider, group), (terms, sources) in merged.items()
        if (type_, provider, group) not in denied
    ]


def _terms(relation: Relation) -> dict[str, Any]:
    return {key: value for key, value in relation.items() if key not in ("type", "to", "denied")}
