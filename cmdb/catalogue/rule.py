"""Rules: which relationships follow from what CIs say."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

REFERENCE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
"""In a condition on providers, `{domain}` is what the dependent says there."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The CIs of these classes whose attributes each fit one of their patterns.

    A pattern is comparable text in which `*` stands for any text.
    """

    classes: frozenset[str]
    patterns: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Rule:
    """Each of the dependents depends on those of the providers that fit it.

    `joins` maps attributes of the provider to the comparable text that they must be, once each
    `{attribute}` in it is replaced by what the dependent says. `terms` are those of the relationships:
    `type`, and where the rule states them `group`, `need`, `strength` and `assumed`.
    """

    name: str
    description: str
    dependents: Selection
    providers: Selection
    joins: Mapping[str, str]
    terms: Mapping[str, str | int | bool]


def comparable(value: object) -> str | None:
    """A single value as text to compare, without regard to case; None for nothing and for lists."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str | int | float):
        return str(value).strip().casefold() or None
    return None
