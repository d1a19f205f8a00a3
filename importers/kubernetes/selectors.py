"""Label selectors.

Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
"""

from collections.abc import Callable, Mapping
from typing import Any

from importers.shape import inner, mapping, mappings, text

_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "In": lambda value, values: value is not None and value in values,
    "NotIn": lambda value, values: value not in values,
    "Exists": lambda value, _: value is not None,
    "DoesNotExist": lambda value, _: value is None,
}


def equal(selector: Mapping[str, Any], labels: Mapping[str, Any]) -> bool:
    """Whether the labels have all that a Service selects by; one that selects by nothing selects nothing."""
    return bool(selector) and all(labels.get(name) == value for name, value in selector.items())


def matches(selector: Any, labels: Mapping[str, Any]) -> bool:
    """Whether labels meet a selector with `matchLabels` and `matchExpressions`; an empty one meets all."""
    wanted = mapping(selector, "matchLabels")
    return all(labels.get(name) == value for name, value in wanted.items()) and all(
        _meets(expression, labels) for expression in mappings(selector, "matchExpressions")
    )


def _meets(expression: Mapping[str, Any], labels: Mapping[str, Any]) -> bool:
    values = inner(expression, "values")
    meets = _OPERATORS.get(text(expression, "operator"), lambda *_: False)
    return meets(labels.get(text(expression, "key")), values if isinstance(values, list) else [])
