"""Opens a file by its suffix."""

from pathlib import Path

from cmdb.errors import InvalidInput
from importers.tables.encoding import ENCODING
from importers.tables.table import Table
from importers.tables.text import read_text
from importers.tables.workbook import read_workbook

TEXT = (".csv", ".tsv", ".txt")
SUFFIXES = (*TEXT, *(f"{suffix}.gz" for suffix in TEXT), ".xlsx")


def open_tables(path: Path, encoding: str = ENCODING.default) -> list[Table]:
    """Open the tables of a file: one, or the sheets of a workbook that are not empty.

    `encoding` is that of text without a mark at its beginning that tells it.

    Raises InvalidInput where the file cannot be read.
    """
    name = path.name.lower()
    if name.endswith(".xlsx"):
        return read_workbook(path)
    if name.endswith(SUFFIXES):
        return [Table.of(path.name, read_text(path, encoding))]
    raise InvalidInput(f"{path} is none of {', '.join(TEXT)}, .xlsx; save it as one of them.")
