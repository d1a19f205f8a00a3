"""What a CI says, as a pure function of the records that describe it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cmdb.catalogue import MANUAL, Catalogue
from cmdb.reconciliation.observation import GROUP_TERMS, Relation

DESCRIPTION = frozenset({"class", "name"})
"""Without these nothing is said of a CI."""


@dataclass(frozen=True, slots=True)
class Record:
    """One source's view of one thing. `attributes` is None where the source says nothing (any more).

    `missing_since` is when a complete run of its scope first missed it (empty: it is there); `withdrawn`:
    it was missed for longer than its class tolerates, and counts no more. `stale`: nobody has seen it for
    so long that others are believed first. `ci` is the id of the CI that it describes, where that is told.
    """

    key: str
    source: str
    scope: str
    native_id: str
    observed_at: str = ""
    attributes: Mapping[str, Any] | None = None
    relations: tuple[Relation, ...] = ()
    within: str = ""
    mentioned: bool = False
    missing_since: str = ""
    withdrawn: bool = False
    stale: bool = False
    ci: str = ""


def describe_alike(one: Record, other: Record) -> bool:
    """Whether two views of a thing say the same of its attributes, and count alike."""
    return replace(one, relations=(), observed_at="") == replace(other, relations=(), observed_at="")


def identify_alike(one: Record, other: Record) -> bool:
    """Whether two views of a thing claim the same identifiers for it."""
    return one.attributes == other.attributes and one.within == other.within


def relate_alike(one: Record, other: Record) -> bool:
    """Whether two views of a thing make it depend on the same."""
    return one.relations == other.relations and one.withdrawn == other.withdrawn and one.stale == other.stale


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


def class_of(catalogue: Catalogue, records: Iterable[Record]) -> str | None:
    """The class: that of the strongest record, refined by others of its line; None where none states one."""
    stated = [
        (_weakness(catalogue, str(name), "class", record), str(name))
        for record in records
        if not record.withdrawn and (name := (record.attributes or {}).get("class"))
    ]
    found: str | None = None
    for _, name in sorted(stated):
        if found is None or found in catalogue.ci_class(name).ancestors:
            found = name
    return found


def evaluate_attributes(catalogue: Catalogue, records: Iterable[Record]) -> dict[str, Any] | None:
    """Take each attribute from the strongest record that has it.

    An attribute that a person cleared is None in the manual record, and absent from the result. None where
    no record says what the CI is: a person's corrections alone do not describe it.
    """
    telling = [record for record in records if record.attributes and not record.withdrawn]
    name = class_of(catalogue, telling)
    if name is None:
        return None
    values = _strongest(catalogue, name, telling) | {"class": name}
    stated = {attribute: value for attribute, value in values.items() if value is not None}
    return stated if stated.keys() >= DESCRIPTION else None


def _strongest(catalogue: Catalogue, class_name: str, records: Sequence[Record]) -> dict[str, Any]:
    if len(records) == 1:
        return dict(records[0].attributes or {})
    best: dict[str, tuple[Weakness, Any]] = {}
    for record in records:
        for name, value in (record.attributes or {}).items():
            weakness = _weakness(catalogue, class_name, name, record)
            if name not in best or weakness < best[name][0]:
                best[name] = weakness, value
    return {name: value for name, (_, value) in best.items()}


Weakness = tuple[bool, bool, int, str]


def _weakness(catalogue: Catalogue, class_name: str, attribute: str | None, record: Record) -> Weakness:
    """Who is believed first comes first: who describes before who mentions, who is current before who is
    stale, then by the catalogue's precedence, ties by key.
    """
    rank = catalogue.precedence.rank(class_name, attribute, record.source)
    return record.mentioned, record.stale, rank, record.key


def evaluate_relations(
    catalogue: Catalogue, records: Sequence[Record], providers: Mapping[tuple[str, str], str]
) -> list[Dependency]:
    """Merge what the records say the CI depends on.

    `providers` maps (record key, native id) to the id of the current CI there; relations to anything else
    are left out. The strongest record that speaks of a relationship, or of a group, states its terms. What
    one source asserts plainly supports what another has in a group: it knows less, not more.
    """
    merged: dict[tuple[str, str, str], tuple[dict[str, Any], list[str]]] = {}
    groups: dict[str, dict[str, Any]] = {}
    denied = set()
    telling = _strongest_first(catalogue, records)
    names = _group_names(telling, providers)
    for record in telling:
        for relation in record.relations:
            provider = providers.get((record.key, relation["to"]))
            if provider is None:
                continue
            group = relation.get("group", "")
            group = names.get((record.key, group), group)
            identity = relation["type"], provider, group
            if relation.get("denied"):
                denied.add(identity)
                continue
            terms, sources = merged.setdefault(identity, (_terms(relation, group), []))
            if record.source not in sources:
                sources.append(record.source)
            if group:
                own = {term: terms.pop(term) for term in GROUP_TERMS if term in terms}
                terms.update(groups.setdefault(group, own))
    for identity in denied:
        merged.pop(identity, None)
    _support(merged)
    return [
        Dependency(type_, provider, terms, tuple(sorted(sources)))
        for (type_, provider, _), (terms, sources) in merged.items()
    ]


def _strongest_first(catalogue: Catalogue, records: Sequence[Record]) -> list[Record]:
    telling = [record for record in records if record.relations and not record.withdrawn]
    if len(telling) < 2:
        return telling
    name = class_of(catalogue, records) or ""
    return sorted(telling, key=lambda record: _weakness(catalogue, name, None, record))


def _group_names(
    telling: Sequence[Record], providers: Mapping[tuple[str, str], str]
) -> dict[tuple[str, str], str]:
    """The groups, by record key and name, that go by another name: they share it with a stronger source's
    group, and no member. Taken together the two would look more redundant than either source knows.

    What a person adds to a group is meant.
    """
    members: dict[str, set[str]] = {}
    names: dict[tuple[str, str], str] = {}
    for record in telling if len(telling) > 1 else ():
        if record.source == MANUAL:
            continue
        said: dict[str, set[str]] = {}
        for relation in record.relations:
            group, provider = relation.get("group"), providers.get((record.key, relation["to"]))
            if group and provider:
                said.setdefault(group, set()).add(provider)
        for group, own in said.items():
            known = members.setdefault(group, set())
            if known and known.isdisjoint(own):
                whose = f"{record.source}, {record.scope}" if record.scope else record.source
                names[record.key, group] = f"{group} ({whose})"
            else:
                known |= own
    return names


def _support(merged: dict[tuple[str, str, str], tuple[dict[str, Any], list[str]]]) -> None:
    """Let plain assertions count for grouped ones of the same pair and type that other sources make.

    What a person asserts plainly is meant, and so is what one source asserts in both ways.
    """
    grouped: dict[tuple[str, str], list[list[str]]] = {}
    for (type_, provider, group), (_, sources) in merged.items():
        if group:
            grouped.setdefault((type_, provider), []).append(sources)
    for (type_, provider), supported in grouped.items():
        _, plain = merged.get((type_, provider, ""), ({}, []))
        supporting = set(plain) - {MANUAL}.union(*supported)
        for sources in supported:
            sources += supporting
        plain[:] = [source for source in plain if source not in supporting]
        if not plain:
            merged.pop((type_, provider, ""), None)


def _terms(relation: Relation, group: str) -> dict[str, Any]:
    terms = {key: value for key, value in relation.items() if key not in ("type", "to", "denied")}
    return terms | {"group": group} if group else terms
