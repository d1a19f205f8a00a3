"""Which CIs a selection means."""

from collections.abc import Mapping
from typing import Any

from cmdb.catalogue import Selection, comparable


def selects(selection: Selection, ci: Mapping[str, Any]) -> bool:
    """Whether the CI has one of the classes, and each attribute asked for fits one of its patterns."""
    return ci["class"] in selection.classes and all(
        any(fits(pattern, text) for text in _texts(ci.get(name)) for pattern in patterns)
        for name, patterns in selection.patterns.items()
    )


def _texts(value: object) -> list[str]:
    """All that the attribute says, comparable; of a list each item."""
    items = value if isinstance(value, list) else [value]
    return [text for item in items if (text := comparable(item)) is not None]


def fits(pattern: str, text: str) -> bool:
    """Whether the text is the pattern, in which each `*` stands for any text, or none.

    Each piece between two stars is taken at its first place: linear in practice, and never backtracks.
    """
    first, *middle = pattern.split("*")
    if not middle:
        return text == pattern
    last = middle.pop()
    if len(text) < len(first) + len(last) or not text.startswith(first) or not text.endswith(last):
        return False
    place, end = len(first), len(text) - len(last)
    for piece in middle:
        place = text.find(piece, place, end)
        if place < 0:
            return False
        place += len(piece)
    return True
