"""Finds values in nested mappings and lists by paths such as `tags.Name|id`."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

_FIELD = re.compile(r"\{([^}]+)\}")


def every(values: Any, path: str) -> list[Any]:
    """All values at a path, in order: names joined by dots, `*` for any name.

    Lists are looked through; what is empty is left out. Of alternatives (`a|b`) the first that gives
    anything counts. One with braces (`{a.b}/{c}`) is text, with the first value at each path.
    """
    for one in path.split("|"):
        if found := _filled(values, one) if "{" in one else _found(values, one):
            return found
    return []


def first(values: Any, path: str) -> Any:
    """The first value at a path; None where there is none."""
    return next(iter(every(values, path)), None)


def strings(values: Any) -> Iterator[str]:
    """All text within, however deep."""
    if isinstance(values, str):
        yield values
    elif isinstance(values, Mapping):
        for value in values.values():
            yield from strings(value)
    elif isinstance(values, list):
        for value in values:
            yield from strings(value)


def _found(values: Any, path: str) -> list[Any]:
    return [value for value in _walk(values, path.split(".")) if value not in (None, "")]


def _filled(values: Any, template: str) -> list[str]:
    parts = {path: next(iter(_found(values, path)), None) for path in _FIELD.findall(template)}
    if None in parts.values():
        return []
    return [_FIELD.sub(lambda match: str(parts[match[1]]), template)]


def _walk(values: Any, names: list[str]) -> Iterator[Any]:
    if isinstance(values, list):
        for value in values:
            yield from _walk(value, names)
    elif not names:
        if not isinstance(values, Mapping):
            yield values
    elif isinstance(values, Mapping):
        inner = values.values() if names[0] == "*" else [values.get(names[0])]
        for value in inner:
            yield from _walk(value, names[1:])
