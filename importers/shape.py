"""Takes values out of documents that may have any shape."""

from collections.abc import Mapping
from typing import Any

from importers.hosts import address_of

LONGEST = 300
"""Characters of an identifier that somebody else gave."""


def inner(value: Any, *path: str) -> Any:
    """What stands at the path, or None."""
    for step in path:
        if not isinstance(value, Mapping):
            return None
        value = value.get(step)
    return value


def mapping(value: Any, *path: str) -> Mapping[str, Any]:
    """The mapping at the path, or an empty one."""
    found = inner(value, *path)
    return found if isinstance(found, Mapping) else {}


def mappings(value: Any, *path: str) -> list[Mapping[str, Any]]:
    """The mappings in the list at the path."""
    found = inner(value, *path)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def texts(value: Any, *path: str) -> list[str]:
    """The texts in the list at the path."""
    found = inner(value, *path)
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def text(value: Any, *path: str) -> str:
    """The text at the path, or none."""
    found = inner(value, *path)
    return found.strip() if isinstance(found, str) else ""


def key(value: Any, *path: str) -> str:
    """The text at the path if it can stand in a native id, or none."""
    found = text(value, *path)
    return found if len(found) <= LONGEST and found.isprintable() else ""


def count(value: Any, *path: str) -> int | None:
    """The whole number from 0 at the path, or None."""
    found = inner(value, *path)
    return found if type(found) is int and 0 <= found < 1 << 31 else None


def without_blanks(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes that have a value; 0 and False are values."""
    return {name: value for name, value in attributes.items() if value not in ("", None, [])}


def known(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes that say something, in one line each."""
    return {name: value for name, value in without_blanks(attributes).items() if _is_line(value)}


def _is_line(value: Any) -> bool:
    parts = value if isinstance(value, list) else [value]
    return all(str(part).isprintable() for part in parts)


def address(value: Any, *path: str) -> str:
    """The IP address at the path, or none."""
    return address_of(text(value, *path))
