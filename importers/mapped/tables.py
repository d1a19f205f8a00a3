"""Finds the tables that a mapping speaks of."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from cmdb.reconciliation import Rejection
from importers.documents import find_files
from importers.mapped.cells import Cells
from importers.mapped.load import Mistake, key_of
from importers.mapped.model import Condition, Links, Mapping, Source, Things
from importers.tables import Table, open_tables

Rows = Things | Links


@dataclass(frozen=True, slots=True)
class Line:
    """A row where it stands; wider rows than the header's keep what is beyond under an empty name."""

    place: str
    line: int
    cells: Cells

    def rejected(self, reason: str) -> Rejection:
        """Tell why it does not fit."""
        return Rejection(self.place, self.line, self.cells, reason)


@dataclass(frozen=True, slots=True)
class Opened:
    """A table and the parts of the mapping that speak of it."""

    table: Table
    parts: tuple[Rows, ...]

    def lines(self) -> Iterator[Line | Rejection]:
        """All rows, those rejected whose cells do not match the header."""
        columns = self.table.columns
        for number, cells in self.table.rows:
            line = Line(self.table.place, number, dict(zip(columns, map(str.strip, cells), strict=False)))
            if len(cells) == len(columns):
                yield line
            else:
                yield line.rejected(f"has {len(cells)} cells where the header has {len(columns)}")


def find_tables(path: Path, mapping: Mapping, encoding: str) -> tuple[list[Opened], list[Mistake]]:
    """The tables that the mapping speaks of, and what it says of them that is not so."""
    files = find_files(path, ".csv", ".tsv", ".xlsx")
    tables = [(file, table) for file in files for table in open_tables(file, encoding)]
    opened = [
        Opened(table, tuple(part for _, part in _parts(mapping) if _means(part, file, table)))
        for file, table in tables
    ]
    mistakes = []
    for key, part in _parts(mapping):
        meant = [table for file, table in tables if _means(part, file, table)]
        if not meant:
            mistakes.append((key, f"no table is called {part.file}, sheet {part.sheet}"))
        for table in meant:
            mistakes += _unknown_columns(key, part, table)
    return [one for one in opened if one.parts], mistakes


def _parts(mapping: Mapping) -> Iterator[tuple[str, Rows]]:
    yield from ((key_of("things", number), part) for number, part in enumerate(mapping.things))
    yield from ((key_of("links", number), part) for number, part in enumerate(mapping.links))


def _means(part: Rows, file: Path, table: Table) -> bool:
    name, sheet = file.name.lower(), table.sheet.lower()
    return fnmatchcase(name, part.file.lower()) and fnmatchcase(sheet, part.sheet.lower())


def _unknown_columns(key: str, part: Rows, table: Table) -> Iterator[Mistake]:
    times = Counter(table.columns)
    for place, column in _columns(part):
        if times[column] != 1:
            what = f"{times[column]} columns" if times[column] else "no column"
            known = ", ".join(filter(None, table.columns))
            yield f"{key}.{place}", f"{table.place} has {what} {column!r}; it has {known}"


def _columns(part: Rows) -> Iterator[tuple[str, str]]:
    """Each column that a part reads, with the key that says so."""
    for name, value in part:
        for place, source in _sources(name.rstrip("_"), value):
            columns = (source.column,) if isinstance(source, Condition) else source.needs
            yield from ((place, column) for column in columns)


def _sources(place: str, value: object) -> Iterator[tuple[str, Source | Condition]]:
    if isinstance(value, Source | Condition):
        yield place, value
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from _sources(f"{place}.{name}", one)
    elif isinstance(value, tuple):
        for number, one in enumerate(value):
            yield from _sources(f"{place}{key_of(number)}", one)
