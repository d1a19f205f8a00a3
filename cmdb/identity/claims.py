"""What identifies a thing: keys made of its identifying attributes."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from cmdb.catalogue import Catalogue, CIClass, IdentifierRule

PLACEHOLDERS = frozenset(
    {
        *("to be filled by o.e.m.", "default string", "system serial number", "chassis serial number"),
        *("not specified", "not applicable", "not available", "none", "n/a", "na", "null", "nil", "unknown"),
        *("localhost", "localhost.localdomain", "0123456789", "123456789", "1234567890", "-", "0"),
        "03000200-0400-0500-0006-000700080009",
    }
)
"""What makers and tools write where they know no value; it identifies nothing."""

PLAIN = frozenset({"name", "namespace", "lun", "port"})
"""Attributes for which nought, or one sign again and again, is as good a value as any."""

LEGAL_FORM = re.compile(
    r"(?:[\s,]+(?:inc|incorporated|corp|corporation|co|company|ltd|limited|llc|gmbh|ag|plc)\.?)+$"
)
"""How the full names of makers end: firmware says "Dell Inc." where people write "Dell"."""


def claims(
    catalogue: Catalogue, class_name: str, values: Mapping[str, Any], container: str = ""
) -> tuple[str, ...]:
    """The keys that identify a thing with these values among all of its domain, strongest first.

    `container` is the id of the CI inside which its name means something; without one, rules that hold
    only there give none.
    """
    ci_class = catalogue.ci_class(class_name)
    return tuple(_keys(ci_class, values, container))


def rule_of(key: str) -> str:
    """The part of a claim that says which attributes it is made of."""
    return key.split("|", 1)[0]


def strength(catalogue: Catalogue, class_name: str, rule: str) -> int:
    """The place of a rule among those of a class, 0 the strongest; beyond all where it has no such rule."""
    rules = _rules(catalogue.ci_class(class_name))
    return rules.index(rule) if rule in rules else len(rules)


def rules_within(catalogue: Catalogue) -> list[str]:
    """The rules of all classes that hold only inside a container."""
    found = {
        name
        for ci_class in catalogue.classes.values()
        for rule, name in zip(ci_class.identifiers, _rules(ci_class), strict=True)
        if rule.within
    }
    return sorted(found)


def by_strength(catalogue: Catalogue, class_name: str, keys: Iterable[str]) -> tuple[str, ...]:
    """Claims of a record of that class, strongest first."""
    return tuple(sorted(keys, key=lambda key: (strength(catalogue, class_name, rule_of(key)), key)))


def is_cloned(catalogue: Catalogue, class_name: str, rule: str) -> bool:
    """Whether the claim rests on a value that is copied along with a machine."""
    attributes = catalogue.ci_class(class_name).attributes
    names = rule.partition(":")[2].split("+")
    return any(name in attributes and attributes[name].cloned for name in names)


def _keys(ci_class: CIClass, values: Mapping[str, Any], container: str) -> Iterator[str]:
    for rule, name in zip(ci_class.identifiers, _rules(ci_class), strict=True):
        parts = [container] if rule.within else []
        parts += [_part(attribute, values.get(attribute)) for attribute in rule.attributes]
        if all(parts):
            yield f"{name}|{'|'.join(parts)}"


@lru_cache(1024)
def _rules(ci_class: CIClass) -> tuple[str, ...]:
    return tuple(_rule(ci_class, rule) for rule in ci_class.identifiers)


def _rule(ci_class: CIClass, rule: IdentifierRule) -> str:
    names = [*(["container"] if rule.within else []), *rule.attributes]
    return f"{ci_class.domain}:{'+'.join(names)}"


def _part(attribute: str, value: Any) -> str:
    """A value as part of a key, empty where it identifies nothing."""
    text = ",".join(sorted(value)) if isinstance(value, list) else "" if value is None else str(value)
    text = text.strip().casefold()
    if attribute == "manufacturer":
        text = LEGAL_FORM.sub("", text)
    if text in PLACEHOLDERS and attribute not in PLAIN:
        return ""
    signs = set(re.sub(r"[\W_]", "", text))
    if attribute not in PLAIN and (len(signs) < 1 or (len(signs) == 1 and len(text) > 3)):
        return ""
    return text.replace("|", "¦")
