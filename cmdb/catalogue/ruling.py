"""Resolves rules, and checks every name that they refer to."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from cmdb.catalogue.attribute import Attribute
from cmdb.catalogue.convert import converter
from cmdb.catalogue.declarations import RuleDeclaration
from cmdb.catalogue.merge import Drafts
from cmdb.catalogue.mistakes import Mistakes
from cmdb.catalogue.model import CIClass
from cmdb.catalogue.rule import REFERENCE, Rule, Selection, comparable
from cmdb.catalogue.suggest import did_you_mean

Conditions = Mapping[str, tuple[object, ...]]
Tell = Callable[[str, str], None]
"""Notes a mistake in the rule by key and reason."""


class _Side(NamedTuple):
    """The dependents or the providers; where the name of their class is wrong, nothing is known of them."""

    name: str
    classes: frozenset[str]
    attributes: Mapping[str, Attribute]


def resolve_rule(drafts: Drafts, name: str, classes: Mapping[str, CIClass], mistakes: Mistakes) -> Rule:
    """The rule with all classes that it is about; its mistakes are noted."""
    declared, file = drafts.rules[name]

    def tell(key: str, reason: str) -> None:
        mistakes.add(file, f"rules.{name}.{key}", reason)

    _check_terms(declared, drafts.relationships, tell)
    dependents = _side("dependents", declared.dependents.class_name, classes, tell)
    providers = _side("providers", declared.providers.class_name, classes, tell)
    conditions = declared.providers.attributes
    if not conditions:
        tell("providers.attributes", "needs a condition; else every dependent depends on all of the class")
    joins = {attribute: values for attribute, values in conditions.items() if _refers(values)}
    return Rule(
        name=name,
        description=declared.description,
        dependents=_selection(dependents, declared.dependents.attributes, tell),
        providers=_selection(providers, {n: v for n, v in conditions.items() if n not in joins}, tell),
        joins=MappingProxyType(
            {n: _join(n, values, providers, dependents, tell) for n, values in joins.items()}
        ),
        terms=MappingProxyType(_terms(declared)),
    )


def _check_terms(declared: RuleDeclaration, types: Iterable[str], tell: Tell) -> None:
    if declared.type is None:
        tell("type", "a rule needs it")
    elif declared.type not in types:
        hint = did_you_mean(declared.type, types)
        tell("type", f"no relationship type is called {declared.type!r}{hint}")
    if declared.need is not None and declared.group is None:
        tell("need", "belongs to a group; name it")


def _terms(declared: RuleDeclaration) -> dict[str, str | int | bool]:
    names = ("type", "group", "need", "strength", "assumed")
    return {name: value for name in names if (value := getattr(declared, name))}


def _side(side: str, class_name: str | None, classes: Mapping[str, CIClass], tell: Tell) -> _Side:
    if class_name is None:
        tell(f"{side}.class", "a rule needs it")
    elif class_name not in classes:
        hint = did_you_mean(class_name, classes)
        tell(f"{side}.class", f"no class is called {class_name!r}{hint}")
    else:
        refining = frozenset(c.name for c in classes.values() if class_name in (c.name, *c.ancestors))
        return _Side(side, refining, classes[class_name].attributes)
    return _Side(side, frozenset(), {})


def _refers(values: Iterable[object]) -> bool:
    return any("{" in str(value) or "}" in str(value) for value in values)


def _selection(side: _Side, conditions: Conditions, tell: Tell) -> Selection:
    """What can be said of one side alone."""
    for name, values in conditions.items():
        key = f"{side.name}.attributes.{name}"
        _check_name(key, name, side, tell)
        if _refers(values):
            tell(key, "only what is said of the providers can refer to the other side")
    patterns = {
        name: tuple(_pattern(name, value, side, tell) for value in values)
        for name, values in conditions.items()
    }
    return Selection(side.classes, MappingProxyType(patterns))


def _pattern(name: str, value: object, side: _Side, tell: Tell) -> str:
    """Comparable text; a whole value is one that the attribute can have."""
    attribute = side.attributes.get(name)
    if attribute and attribute.type != "list" and "*" not in str(value):
        try:
            value = converter(attribute)(value)
        except ValueError as error:
            tell(f"{side.name}.attributes.{name}", f"{value!r} {error}")
    return comparable(value) or ""


def _join(name: str, values: tuple[object, ...], providers: _Side, dependents: _Side, tell: Tell) -> str:
    """Comparable text that refers to the dependent; both sides must be single values."""
    key, text = f"providers.attributes.{name}", str(values[0])
    if len(values) > 1 or "*" in text:
        tell(key, "what refers to the dependent must be one whole value: no list, no *")
    if _refers([REFERENCE.sub("", text)]):
        tell(key, "write what the dependent says as {attribute}")
    for side, names in ((providers, [name]), (dependents, REFERENCE.findall(text))):
        for each in names:
            _check_name(key, each, side, tell)
            if each in side.attributes and side.attributes[each].type == "list":
                tell(key, f"{each!r} of the {side.name} is a list; only single values can be equal")
    return comparable(text) or ""


def _check_name(key: str, name: str, side: _Side, tell: Tell) -> None:
    if side.attributes and name not in side.attributes:
        tell(key, f"the {side.name} have no attribute {name!r}{did_you_mean(name, side.attributes)}")
