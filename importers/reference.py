"""Writes the reference page of the importers.

python -m importers.reference > docs/reference/importers.md
"""

import re
import sys
from collections.abc import Iterable, Iterator

from cmdb.catalogue import Catalogue, load_catalogue
from importers.importer import JOINTS, Importer, Kind
from importers.registry import importer, importer_names

HEAD = """\
# Importers reference

Written by `python -m importers.reference` from the importers that come with Linchpin: what becomes of each
type of their sources, and what is left out and why. What our classes, relationship types and attributes mean:
[catalogue reference](catalogue.md). How to add an importer: [writing importers](../writing-importers.md)."""

MARKS = re.compile(r"[*|<]|(?<!\w)_|_(?!\w)")
"""What Markdown would take for its own."""


def reference(importers: Iterable[Importer], catalogue: Catalogue) -> str:
    """The page in Markdown."""
    return "\n\n".join([HEAD, *(text for one in importers for text in _importer(one, catalogue))])


def _importer(one: Importer, catalogue: Catalogue) -> Iterator[str]:
    yield f"## {one.name}"
    yield f"{one.title}."
    if one.options:
        options = ((f"`{o.name}`", _text(o.description), o.default and f"`{o.default}`") for o in one.options)
        yield _table(("option", "meaning", "default"), options)
    kept = [kind for kind in one.kinds if kind.becomes]
    yield _table(
        ("theirs", "ours", "remark"),
        ((_text(kind.theirs), _ours(kind, catalogue), _text(kind.remark)) for kind in kept),
    )
    if left_out := [kind for kind in one.kinds if not kind.becomes]:
        rows = ((_text(kind.theirs), _text(kind.remark)) for kind in left_out)
        yield _table(("left out", "why"), rows)


def _ours(kind: Kind, catalogue: Catalogue) -> str:
    """Names with links to the classes, and what stands between them."""
    parts = JOINTS.split(kind.becomes)
    parts[::2] = [_name(name, catalogue) if name else "" for name in parts[::2]]
    return "".join(parts)


def _name(name: str, catalogue: Catalogue) -> str:
    if name in catalogue.classes:
        return f"[{name}](catalogue.md#{name})"
    return name if " " in name or name == "team" else f"`{name}`"


def _text(text: str) -> str:
    return MARKS.sub(r"\\\g<0>", text)


def _table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (columns, ("---",) * len(columns), *rows)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    sys.stdout.write(reference(map(importer, importer_names()), load_catalogue()) + "\n")
