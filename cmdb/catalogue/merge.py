"""Merges the shipped files with an organisation's own, which add, and change only what they may."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from cmdb.catalogue.attribute import RESERVED, Attribute
from cmdb.catalogue.declarations import (
    Attributes,
    ClassDeclaration,
    ClassesFile,
    CommonDeclaration,
    OrderDeclaration,
    RelationshipDeclaration,
    RelationshipsFile,
    RuleDeclaration,
    RulesFile,
    SourcesFile,
)
from cmdb.catalogue.mistakes import Mistakes

CHANGEABLE = frozenset(CommonDeclaration.model_fields)
CHANGEABLE_RELATIONSHIP = frozenset({"strength", "usual_dependents", "usual_providers"})


class Placed(NamedTuple):
    """An attribute and where it was declared."""

    attribute: Attribute
    file: str
    key: str


@dataclass
class Draft:
    """A class as all files together declare it, before inheritance."""

    file: str
    declared: ClassDeclaration
    attributes: list[Placed] = field(default_factory=list)


class PlacedRelationship(NamedTuple):
    """What one file says of a relationship type."""

    declared: RelationshipDeclaration
    file: str


class PlacedOrder(NamedTuple):
    """An order of sources, what it is for (see `Place`), and where it was declared."""

    class_name: str | None
    attribute: str | None
    names: tuple[str, ...]
    file: str
    key: str


class PlacedRule(NamedTuple):
    """A rule and where it was declared."""

    declared: RuleDeclaration
    file: str


@dataclass
class Drafts:
    """All files together."""

    common: Draft
    sets: dict[str, list[Placed]] = field(default_factory=dict)
    classes: dict[str, Draft] = field(default_factory=dict)
    relationships: dict[str, list[PlacedRelationship]] = field(default_factory=dict)
    orders: list[PlacedOrder] = field(default_factory=list)
    rules: dict[str, PlacedRule] = field(default_factory=dict)


def merge_classes(drafts: Drafts, file: str, said: ClassesFile, mistakes: Mistakes) -> None:
    """Add what one `classes.toml` says."""
    _extend(drafts.common, file, "ci", said.ci, mistakes)
    for name, attributes in said.sets.items():
        placed = _place(attributes, file, f"sets.{name}", mistakes)
        drafts.sets.setdefault(name, []).extend(placed)
    for name, declared in said.classes.items():
        key = f"classes.{name}"
        if name in drafts.classes:
            _only(CHANGEABLE, declared.model_fields_set, file, key, mistakes)
        else:
            drafts.classes[name] = Draft(file, declared)
        _extend(drafts.classes[name], file, key, declared, mistakes)


def merge_relationships(drafts: Drafts, file: str, said: RelationshipsFile, mistakes: Mistakes) -> None:
    """Add what one `relationships.toml` says."""
    for name, declared in said.relationships.items():
        if name in drafts.relationships:
            changed = declared.model_fields_set
            _only(CHANGEABLE_RELATIONSHIP, changed, file, f"relationships.{name}", mistakes)
        drafts.relationships.setdefault(name, []).append(PlacedRelationship(declared, file))


def merge_sources(drafts: Drafts, file: str, said: SourcesFile, mistakes: Mistakes) -> None:
    """Add what one `sources.toml` says."""
    for placed in _orders(file, said):
        for name, count in Counter(placed.names).items():
            if count > 1:
                mistakes.add(file, placed.key, f"names {name!r} {count} times")
        drafts.orders.append(placed)


def merge_rules(drafts: Drafts, file: str, said: RulesFile, mistakes: Mistakes) -> None:
    """Add what one `rules.toml` says."""
    for name, declared in said.rules.items():
        if name in drafts.rules:
            mistakes.add(file, f"rules.{name}", "exists already; choose another name")
        drafts.rules[name] = PlacedRule(declared, file)


def _orders(file: str, said: SourcesFile) -> Iterator[PlacedOrder]:
    tables: list[tuple[str | None, OrderDeclaration]] = [(None, said.ci), *said.classes.items()]
    for class_name, declared in tables:
        key = f"classes.{class_name}" if class_name else "ci"
        if declared.order:
            yield PlacedOrder(class_name, None, declared.order, file, f"{key}.order")
        for attribute, order in declared.attributes.items():
            yield PlacedOrder(class_name, attribute, order, file, f"{key}.attributes.{attribute}")


def _extend(draft: Draft, file: str, key: str, said: CommonDeclaration, mistakes: Mistakes) -> None:
    draft.attributes += _place(said.attributes, file, f"{key}.attributes", mistakes)
    days = {
        name: getattr(said, name) for name in ("grace_days", "stale_days") if getattr(said, name) is not None
    }
    draft.declared = draft.declared.model_copy(update=days)


def _place(attributes: Attributes, file: str, key: str, mistakes: Mistakes) -> list[Placed]:
    for name in RESERVED & attributes.keys():
        mistakes.add(file, f"{key}.{name}", "this name is kept by Linchpin itself; choose another")
    return [
        Placed(Attribute(name=name, **declared.model_dump(exclude_unset=True)), file, f"{key}.{name}")
        for name, declared in attributes.items()
    ]


def _only(changeable: frozenset[str], changed: set[str], file: str, key: str, mistakes: Mistakes) -> None:
    for name in sorted(changed - changeable):
        may = ", ".join(sorted(changeable))
        mistakes.add(file, f"{key}.{name}", f"exists already; only {may} may be changed")
