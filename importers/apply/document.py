"""A document: its sections, and the mistakes in it, each with file, line and key."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from cmdb.errors import InvalidInput
from importers.apply.lines import Lines, Step, lines_in
from importers.documents import find_files, parse_json, parse_yaml, read_text

SECTIONS = ("teams", "cis", "relationships")
TOLD = 50
"""Mistakes told at once."""


class Mistake(NamedTuple):
    """One mistake; the key is written as `cis[2].class`, positions counted from 1."""

    file: str
    line: int
    key: str
    reason: str

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return ": ".join(filter(None, (place, self.key, self.reason)))


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a section, and where it stands."""

    document: "Document"
    path: tuple[Step, ...]
    value: Mapping[str, Any]

    @property
    def line(self) -> int:
        """The line on which it begins."""
        return self.document.lines.of(*self.path)

    def mistake(self, reason: str, *steps: Step) -> Mistake:
        """A mistake in it, or in what stands in it at the steps."""
        return self.document.mistake(reason, *self.path, *steps)


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a file."""

    file: str
    value: Any
    lines: Lines

    def mistake(self, reason: str, *path: Step) -> Mistake:
        """A mistake at a path."""
        key = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
        return Mistake(self.file, self.lines.of(*path), key.removeprefix("."), reason)

    def items(self, section: str) -> Iterator[Item]:
        """The entries of a section that are mappings; `faults` tells of the others."""
        entries = self.value.get(section) if isinstance(self.value, dict) else None
        for number, entry in enumerate(entries if isinstance(entries, list) else ()):
            if isinstance(entry, dict):
                yield Item(self, (section, number), entry)

    def faults(self) -> Iterator[Mistake]:
        """What is wrong with its form."""
        if not isinstance(self.value, dict):
            yield self.mistake(f"must hold {', '.join(SECTIONS)}")
            return
        for line, key in self.lines.repeated():
            yield Mistake(self.file, line, "", f"{key!r} stands there more than once")
        for section, entries in self.value.items():
            if section not in SECTIONS:
                yield self.mistake(f"is none of {', '.join(SECTIONS)}", str(section))
            elif not isinstance(entries, list | None):
                yield self.mistake("must be a list", section)
            for number, entry in enumerate(entries if isinstance(entries, list) else ()):
                if not isinstance(entry, dict):
                    yield self.mistake("must hold keys and values", section, number)


def read_documents(path: Path) -> list[Document]:
    """The documents of a file or folder. Raises InvalidInput where one cannot be read."""
    return [document for file in find_files(path, ".yaml", ".yml", ".json") for document in _in(file)]


def tell(mistakes: list[Mistake]) -> None:
    """Raise InvalidInput for all mistakes, if there are any."""
    if not mistakes:
        return
    lines = [f"  {mistake}" for mistake in mistakes[:TOLD]]
    if more := len(mistakes) - TOLD:
        lines += [f"  and {more} more"] if more > 0 else []
    raise InvalidInput("\n".join(("Correct these and apply it again:", *lines)))


def _in(file: Path) -> Iterator[Document]:
    text = read_text(file)
    name = file.name
    is_json = name.lower().removesuffix(".gz").endswith(".json")
    values = [parse_json(text, name)] if is_json else parse_yaml(text, name)
    lines = lines_in(text)
    for number, value in enumerate(values):
        yield Document(name, value, lines[number] if number < len(lines) else Lines(None))
