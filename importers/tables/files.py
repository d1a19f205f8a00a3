"""Opens a file by its suffix."""

from pathlib import Path

from cmdb.errors import InvalidInput
from importers.tables.table import Table
from importers.tables.text import read_text
from importers.tables.workbook import read_workbook

SUFFIXES = (".csv", ".csv.gz", ".xlsx")


def open_tables(path: Path) -> list[Table]:
    """Open the tables of a file: one, or the sheets of a workbook that are not empty.

    Raises InvalidInput where the file cannot be read.
    """
    name = path.name.lower()
    if name.endswith(".xlsx"):
        return read_workbook(path)
    if name.endswith(SUFFIXES):
        return [Table.of(path.name, read_text(path))]
    raise InvalidInput(f"{path} is none of {', '.join(SUFFIXES)}; save it as one of them.")
