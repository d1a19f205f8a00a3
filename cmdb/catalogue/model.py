"""The catalogue: classes of CIs, types of relationships, precedence, rules; resolved, ready to use."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from cmdb.catalogue.attribute import Attribute, Value
from cmdb.catalogue.convert import Converter, converter
from cmdb.catalogue.precedence import Precedence
from cmdb.catalogue.rule import Rule
from cmdb.catalogue.suggest import did_you_mean
from cmdb.errors import InvalidInput

Domain = Literal["business", "software", "compute", "storage", "network", "facility", "cloud", "endpoint"]
Strength = Literal["hard", "soft", "guard", "none"]


@dataclass(frozen=True, slots=True)
class IdentifierRule:
    """Attributes that together identify a CI, `within` its container or everywhere."""

    attributes: tuple[str, ...]
    within: bool


@dataclass(frozen=True, eq=False)
class CIClass:
    """A class of CIs; attributes are its own, the inherited and the common ones."""

    name: str
    title: str
    description: str
    domain: Domain
    ancestors: tuple[str, ...]
    """Class names from the topmost ancestor down to the parent."""
    attributes: Mapping[str, Attribute]
    identifiers: tuple[IdentifierRule, ...]
    """Strongest first."""
    is_service: bool
    """Answers list services first."""
    grace_days: float
    """A CI that its source has missed for longer is retired."""
    stale_days: float
    """What a source said longer ago no longer counts as current."""

    @property
    def parent(self) -> str | None:
        """The class it refines."""
        return self.ancestors[-1] if self.ancestors else None

    @cached_property
    def label(self) -> str:
        """Its own label in the graph, `VirtualMachine`."""
        return label_of(self.name)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """All labels of its CIs, `("CI", "Server", "VirtualMachine")`."""
        return ("CI", *map(label_of, self.ancestors), self.label)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """All names that the ends of a relationship type may call it by."""
        return frozenset({"any", self.domain, self.name, *self.ancestors})

    @cached_property
    def defaults(self) -> Mapping[str, Value]:
        """What a new CI says where nobody says otherwise."""
        return {a.name: a.default for a in self.attributes.values() if a.default is not None}

    @cached_property
    def required(self) -> tuple[str, ...]:
        """Names of the attributes that every CI of the class must have."""
        return tuple(a.name for a in self.attributes.values() if a.required)

    @cached_property
    def converters(self) -> Mapping[str, Converter]:
        """The converter of each attribute by name."""
        return {name: converter(attribute) for name, attribute in self.attributes.items()}


@dataclass(frozen=True, eq=False)
class RelationshipType:
    """A type of relationship, read from the dependent to the provider."""

    name: str
    inverse: str
    description: str
    strength: Strength
    """What the dependent is without the provider: down, degraded, unprotected, or nothing."""
    usual_dependents: frozenset[str]
    usual_providers: frozenset[str]
    """Names of classes and domains, or `any`; a name that is both means the domain."""

    @cached_property
    def type(self) -> str:
        """Its type in the graph, `RUNS_ON`."""
        return self.name.upper()


@dataclass(frozen=True, eq=False)
class Catalogue:
    """All classes and relationship types by name, in the order of the files."""

    common: Mapping[str, Attribute]
    """The attributes that every class has."""
    classes: Mapping[str, CIClass]
    relationships: Mapping[str, RelationshipType]
    precedence: Precedence
    """Which source is believed first."""
    rules: tuple[Rule, ...]
    """What makes relationships from attributes."""

    def ci_class(self, name: str) -> CIClass:
        """The class of that name; `InvalidInput` says which one may be meant."""
        try:
            return self.classes[name]
        except KeyError:
            hint = did_you_mean(name, self.classes)
            raise InvalidInput(f"No class is called {name!r}{hint}") from None

    def refining(self, names: Iterable[str]) -> frozenset[str]:
        """The classes of these names and those that refine them; raises as `ci_class` does."""
        asked = {self.ci_class(name).name for name in names}
        return frozenset(
            c.name for c in self.classes.values() if not asked.isdisjoint((c.name, *c.ancestors))
        )

    def relationship(self, name: str) -> RelationshipType:
        """The relationship type called `runs_on`, or `RUNS_ON` as in the graph."""
        found = self.relationships.get(name) or self.relationships.get(name.lower())
        if found:
            return found
        hint = did_you_mean(name.lower(), self.relationships)
        raise InvalidInput(f"No relationship type is called {name!r}{hint}")

    def is_usual(self, relationship: str, dependent_class: str, provider_class: str) -> bool:
        """Whether such a relationship is expected; an unusual one is kept, and is a finding."""
        usual = self.relationship(relationship)
        dependent, provider = self.ci_class(dependent_class), self.ci_class(provider_class)
        return not usual.usual_dependents.isdisjoint(
            dependent.kinds
        ) and not usual.usual_providers.isdisjoint(provider.kinds)


def label_of(class_name: str) -> str:
    """`virtual_machine` as a label: `VirtualMachine`."""
    return "".join(word.capitalize() for word in class_name.split("_"))
