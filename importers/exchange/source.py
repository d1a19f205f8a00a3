"""Finds the tables of the exchange format in a folder or a file."""

from pathlib import Path

from cmdb.errors import InvalidInput
from importers.exchange.layout import LAYOUTS, layout_of
from importers.tables import SUFFIXES, Table, open_tables

NAMES = tuple(layout.table for layout in LAYOUTS)


def find_tables(path: Path) -> dict[str, Table]:
    """Return the tables by name (`cis`, `relationships`, `teams`), their headers checked.

    Raises InvalidInput where there is none, one is there twice, or a header has mistakes.
    """
    tables: dict[str, Table] = {}
    for table in [table for file in _files(path) for table in _wanted(open_tables(file))]:
        name = layout_of(table).table
        if name in tables:
            raise InvalidInput(
                f"{path}: both {tables[name].place} and {table.place} hold {name}; remove one."
            )
        tables[name] = table
    return tables


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise InvalidInput(f"{path} does not exist.")
    if not path.is_dir():
        return [path]
    names = [f"{name}{suffix}" for name in NAMES for suffix in SUFFIXES]
    if files := [path / name for name in names if (path / name).exists()]:
        return files
    raise InvalidInput(f"{path} has no cis.csv or relationships.csv (nor .csv.gz, .xlsx).")


def _wanted(tables: list[Table]) -> list[Table]:
    """Of a workbook, the sheets that bear the name of a table, or else the first."""
    named = [table for table in tables if table.sheet.lower() in NAMES]
    return named or tables[:1]
