"""Resolves drafts into a catalogue."""

from types import MappingProxyType
from typing import get_args

from cmdb.catalogue.inheritance import resolve_class
from cmdb.catalogue.merge import Drafts, PlacedRelationship
from cmdb.catalogue.mistakes import Mistakes
from cmdb.catalogue.model import Catalogue, Domain, RelationshipType, label_of
from cmdb.catalogue.ordering import resolve_precedence
from cmdb.catalogue.redeclaration import resolve_attributes
from cmdb.catalogue.ruling import resolve_rule
from cmdb.catalogue.suggest import did_you_mean

LABELS_IN_USE = (
    *("CI", "RetiredCI", "SourceRecord", "Pending", "Identifier", "Shared", "IdentityDecision"),
    *("Revision", "Change", "Run"),
    *("Baseline", "Head", "Incident", "Problem", "KnownError", "Release", "Outage", "Record"),
    *("Team", "Person", "Organisation", "Token"),
)
"""Labels of nodes that are not CIs."""

TYPES_IN_USE = frozenset({"describes", "awaits", "claims"})
"""Relationships in the graph that are not dependencies."""


def resolve(drafts: Drafts, mistakes: Mistakes) -> Catalogue:
    """The catalogue of all drafts; once a mistake is noted, what it returns is of no use."""
    _check_labels(drafts, mistakes)
    classes = {name: resolve_class(drafts, name, mistakes) for name in drafts.classes}
    relationships = {name: _relationship(drafts, name, mistakes) for name in drafts.relationships}
    precedence = resolve_precedence(drafts, classes, mistakes)
    rules = tuple(resolve_rule(drafts, name, classes, mistakes) for name in drafts.rules)
    return Catalogue(
        common=MappingProxyType(resolve_attributes(drafts.common.attributes, mistakes)),
        classes=MappingProxyType(classes),
        relationships=MappingProxyType(relationships),
        precedence=precedence,
        rules=rules,
    )


def _check_labels(drafts: Drafts, mistakes: Mistakes) -> None:
    taken = {label.lower(): f"the graph's own {label}" for label in LABELS_IN_USE}
    for name, draft in drafts.classes.items():
        label = label_of(name).lower()
        if label in taken:
            reason = f"its label would be taken for that of {taken[label]}; choose another name"
            mistakes.add(draft.file, f"classes.{name}", reason)
        taken.setdefault(label, name)


def _relationship(drafts: Drafts, name: str, mistakes: Mistakes) -> RelationshipType:
    parts = drafts.relationships[name]
    key = f"relationships.{name}"
    _check_new(parts[0], name, key, mistakes)
    for part in parts:
        _check_ends(part, key, drafts, mistakes)
    first = parts[0].declared
    return RelationshipType(
        name=name,
        inverse=first.inverse or "",
        description=first.description or "",
        strength=next((p.declared.strength for p in reversed(parts) if p.declared.strength), "hard"),
        usual_dependents=frozenset(end for p in parts for end in p.declared.usual_dependents),
        usual_providers=frozenset(end for p in parts for end in p.declared.usual_providers),
    )


def _check_new(part: PlacedRelationship, name: str, key: str, mistakes: Mistakes) -> None:
    if name in TYPES_IN_USE:
        mistakes.add(part.file, key, "the graph uses this type itself; choose another name")
    for needed in ("inverse", "strength", "usual_dependents", "usual_providers"):
        if not getattr(part.declared, needed):
            mistakes.add(part.file, f"{key}.{needed}", "a new relationship type needs it")


def _check_ends(part: PlacedRelationship, key: str, drafts: Drafts, mistakes: Mistakes) -> None:
    known = {"any", *get_args(Domain), *drafts.classes}
    for side in ("usual_dependents", "usual_providers"):
        for index, name in enumerate(getattr(part.declared, side)):
            if name not in known:
                reason = f"{name!r} is neither a class nor a domain nor 'any'"
                hint = did_you_mean(name, known)
                mistakes.add(part.file, f"{key}.{side}.{index}", reason + hint)
