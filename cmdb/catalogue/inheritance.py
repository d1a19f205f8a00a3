"""Resolves one class: what it inherits, and every name that it refers to."""

from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from cmdb.catalogue.attribute import Attribute
from cmdb.catalogue.merge import Draft, Drafts, Placed
from cmdb.catalogue.mistakes import Mistakes
from cmdb.catalogue.model import CIClass, Domain, IdentifierRule
from cmdb.catalogue.redeclaration import resolve_attributes
from cmdb.catalogue.suggest import did_you_mean


def resolve_class(drafts: Drafts, name: str, mistakes: Mistakes) -> CIClass:
    """The class with all that it inherits; its mistakes are noted."""
    return _Resolution(drafts, name, mistakes).ci_class()


class _Resolution:
    """One class on its way from draft to resolved."""

    def __init__(self, drafts: Drafts, name: str, mistakes: Mistakes) -> None:
        self._drafts = drafts
        self._name = name
        self._draft = drafts.classes[name]
        self._mistakes = mistakes
        self._lineage, self._whole = self._trace()

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
            is_service=bool(self._inherited("is_service")),
            grace_days=self._inherited("grace_days"),
            stale_days=self._inherited("stale_days"),
        )

    def _mistake(self, key: str, reason: str) -> None:
        self._mistakes.add(self._draft.file, f"classes.{self._name}.{key}", reason)

    def _trace(self) -> tuple[tuple[str, ...], bool]:
        """The ancestors, topmost first, and whether the line reaches its top."""
        line, name = [self._name], self._draft.declared.parent
        while name in self._drafts.classes and name not in line:
            line.append(name)
            name = self._drafts.classes[name].declared.parent
        if name == self._name:
            self._mistake("parent", "the class is its own ancestor")
        elif name is not None and len(line) == 1:
            hint = did_you_mean(name, self._drafts.classes)
            self._mistake("parent", f"no class is called {name!r}{hint}")
        return tuple(line[:0:-1]), name is None

    def _line(self) -> list[Draft]:
        """Drafts from the common one down to the class itself."""
        classes = (self._drafts.classes[name] for name in self._lineage)
        return [self._drafts.common, *classes, self._draft]

    def _inherited(self, key: str) -> Any:
        """What the nearest in the line says, `None` where none does."""
        said = (getattr(draft.declared, key) for draft in reversed(self._line()))
        return next((value for value in said if value is not None), None)

    def _domain(self) -> Domain:
        domain: Domain | None = self._inherited("domain")
        if domain is None and self._whole:
            self._mistake("domain", "a class without a parent needs a domain")
        return domain or "business"

    def _attributes(self) -> dict[str, Attribute]:
        line = self._line()
        placed = (new for draft in line for new in (*self._included(draft), *draft.attributes))
        return resolve_attributes(placed, self._mistakes)

    def _included(self, draft: Draft) -> Iterator[Placed]:
        for index, name in enumerate(draft.declared.include):
            if name in self._drafts.sets:
                yield from self._drafts.sets[name]
            elif draft is self._draft:
                hint = did_you_mean(name, self._drafts.sets)
                self._mistake(f"include.{index}", f"no set is called {name!r}{hint}")

    def _identifiers(self, attributes: dict[str, Attribute]) -> tuple[IdentifierRule, ...]:
        for index, rule in enumerate(self._draft.declared.identifiers or ()):
            self._check_rule(rule, f"identifiers.{index}", attributes)
        rules: tuple[tuple[str, ...], ...] = self._inherited("identifiers") or ()
        return tuple(
            IdentifierRule(tuple(n for n in rule if n != "container"), "container" in rule) for rule in rules
        )

    def _check_rule(self, rule: tuple[str, ...], key: str, attributes: dict[str, Attribute]) -> None:
        if not set(rule) - {"container"}:
            self._mistake(key, "an identifier needs at least one attribute")
        for index, name in enumerate(rule):
            if name != "container" and name not in attributes and self._whole:
                hint = did_you_mean(name, attributes)
                self._mistake(f"{key}.{index}", f"the class has no attribute {name!r}{hint}")
