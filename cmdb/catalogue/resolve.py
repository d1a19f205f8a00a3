"""Resolves drafts into a catalogue: inheritance, and every reference from one name to another."""

from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import Any, get_args

from cmdb.catalogue.attribute import Attribute
from cmdb.catalogue.convert import converter
from cmdb.catalogue.merge import Draft, DraftRelationship, Drafts, Placed
from cmdb.catalogue.mistakes import Mistakes
from cmdb.catalogue.model import (
    Catalogue,
    CIClass,
    Domain,
    IdentifierRule,
    RelationshipType,
    label_of,
)
from cmdb.catalogue.suggest import did_you_mean

LABELS_IN_USE = (
    *("CI", "RetiredCI", "SourceRecord", "Pending", "Identifier", "Revision", "Change", "Run"),
    *("Baseline", "Head", "Incident", "Problem", "KnownError", "Release", "Outage", "Record"),
    *("Team", "Person", "Organisation", "Token"),
)
"""Labels of nodes that are not CIs."""

TYPES_IN_USE = frozenset({"describes", "awaits", "identifies"})
"""Relationships in the graph that are not dependencies."""


def resolve(drafts: Drafts, mistakes: Mistakes) -> Catalogue:
    """The catalogue of all drafts; wherever it notes a mistake, what it returns is of no use."""
    _check_labels(drafts, mistakes)
    return Catalogue(
        MappingProxyType(
            {name: _Resolution(drafts, name, mistakes).ci_class() for name in drafts.classes}
        ),
        MappingProxyType(
            {
                name: _relationship(name, draft, drafts, mistakes)
                for name, draft in drafts.relationships.items()
            }
        ),
    )


def _check_labels(drafts: Drafts, mistakes: Mistakes) -> None:
    taken = {label.lower(): f"the graph's own {label}" for label in LABELS_IN_USE}
    for name, draft in drafts.classes.items():
        label = label_of(name).lower()
        if label in taken:
            reason = f"its label would be taken for that of {taken[label]}; choose another name"
            mistakes.add(draft.file, f"classes.{name}", reason)
        taken.setdefault(label, name)


class _Resolution:
    """One class on its way from draft to resolved."""

    def __init__(self, drafts: Drafts, name: str, mistakes: Mistakes) -> None:
        self._drafts = drafts
        self._name = name
        self._draft = drafts.classes[name]
        self._mistakes = mistakes
        self._lineage = tuple(self._ancestors())[::-1]

    def ci_class(self) -> CIClass:
        declared = self._draft.declared
        attributes = self._attributes()
        return CIClass(
            name=self._name,
            title=declared.title or self._name.replace("_", " ").capitalize(),
            description=declared.description or "",
            domain=self._domain(),
            ancestors=self._lineage,
            attributes=MappingProxyType(attributes),
            identifiers=self._identifiers(attributes),
            is_service=self._inherited("is_service", False),
            grace_days=self._inherited("grace_days", 30.0),
            stale_days=self._inherited("stale_days", 30.0),
        )

    def _mistake(self, key: str, reason: str) -> None:
        self._mistakes.add(self._draft.file, f"classes.{self._name}.{key}", reason)

    def _ancestors(self) -> Iterator[str]:
        """Parents, nearest first, up to the first that is unknown or was met before."""
        seen, name = {self._name}, self._draft.declared.parent
        while name is not None and name in self._drafts.classes and name not in seen:
            yield name
            seen.add(name)
            name = self._drafts.classes[name].declared.parent
        if name == self._name:
            self._mistake("parent", "the class is its own ancestor")
        elif name == self._draft.declared.parent and name is not None:
            hint = did_you_mean(name, self._drafts.classes)
            self._mistake("parent", f"no class is called {name!r}{hint}")

    def _line(self) -> list[Draft]:
        """Drafts from the common one down to the class itself."""
        classes = (self._drafts.classes[name] for name in self._lineage)
        return [self._drafts.common, *classes, self._draft]

    def _inherited(self, key: str, otherwise: Any) -> Any:
        said = (getattr(draft.declared, key) for draft in reversed(self._line()))
        return next((value for value in said if value is not None), otherwise)

    def _domain(self) -> Domain:
        domain: Domain | None = self._inherited("domain", None)
        if domain is None:
            self._mistake("domain", "a class without a parent needs a domain")
        return domain or "business"

    def _attributes(self) -> dict[str, Attribute]:
        placed: dict[str, Placed] = {}
        for draft in self._line():
            for new in (*self._included(draft), *draft.attributes):
                name = new.attribute.name
                placed[name] = self._again(placed[name], new) if name in placed else new
        for attribute, file, key in placed.values():
            self._check_default(attribute, file, key)
        return {name: found.attribute for name, found in placed.items()}

    def _included(self, draft: Draft) -> Iterator[Placed]:
        for name in draft.declared.include:
            if name in self._drafts.sets:
                yield from self._drafts.sets[name]
            else:
                hint = did_you_mean(name, self._drafts.sets)
                self._mistake("include", f"no set is called {name!r}{hint}")

    def _again(self, old: Placed, new: Placed) -> Placed:
        """An attribute declared again keeps its type and the values it had."""
        before, after = old.attribute, new.attribute
        if before.type != after.type:
            self._mistakes.add(
                new.file,
                new.key,
                f"is of type {after.type} here and of type {before.type} in {old.file}: {old.key}",
            )
        values = tuple(dict.fromkeys(before.values + after.values))
        return new._replace(attribute=after.model_copy(update={"values": values}))

    def _check_default(self, attribute: Attribute, file: str, key: str) -> None:
        if attribute.default is None:
            return
        try:
            kept = converter(attribute)(attribute.default)
        except ValueError as error:
            self._mistakes.add(file, f"{key}.default", str(error))
        else:
            if kept != attribute.default or type(kept) is not type(attribute.default):
                self._mistakes.add(file, f"{key}.default", f"write it as {kept!r}")

    def _identifiers(self, attributes: dict[str, Attribute]) -> tuple[IdentifierRule, ...]:
        rules: tuple[tuple[str, ...], ...] = self._inherited("identifiers", ())
        for name in (name for rule in rules for name in rule if name != "container"):
            if name not in attributes:
                hint = did_you_mean(name, attributes)
                self._mistake("identifiers", f"the class has no attribute {name!r}{hint}")
        return tuple(
            IdentifierRule(tuple(n for n in rule if n != "container"), "container" in rule)
            for rule in rules
        )


def _relationship(
    name: str, draft: DraftRelationship, drafts: Drafts, mistakes: Mistakes
) -> RelationshipType:
    declared, key = draft.declared, f"relationships.{name}"
    if name in TYPES_IN_USE:
        mistakes.add(draft.file, key, "the graph uses this type itself; choose another name")
    for needed in ("inverse", "strength", "usual_dependents", "usual_providers"):
        if not getattr(declared, needed):
            mistakes.add(draft.file, f"{key}.{needed}", "a new relationship type needs it")
    for end in ("usual_dependents", "usual_providers"):
        _check_ends(getattr(declared, end), draft.file, f"{key}.{end}", drafts, mistakes)
    return RelationshipType(
        name=name,
        inverse=declared.inverse or "",
        description=declared.description or "",
        strength=declared.strength or "hard",
        usual_dependents=frozenset(declared.usual_dependents),
        usual_providers=frozenset(declared.usual_providers),
    )


def _check_ends(
    names: Iterable[str], file: str, key: str, drafts: Drafts, mistakes: Mistakes
) -> None:
    known = {"any", *get_args(Domain), *drafts.classes}
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known)
            mistakes.add(file, key, f"{name!r} is neither a class nor a domain nor 'any'{hint}")
