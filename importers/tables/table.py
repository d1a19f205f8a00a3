"""A table: a header, and rows that are read once."""

from collections.abc import Iterator
from dataclasses import dataclass

from cmdb.errors import InvalidInput

Row = tuple[int, list[str]]
"""The line on which a row begins (the first line of a file is 1), and its cells."""


@dataclass(frozen=True, slots=True)
class Table:
    """`place` names the table in messages; `sheet` is empty but for the sheets of a workbook.

    `rows` end at the end of the file, and raise InvalidInput where it cannot be read on.
    """

    place: str
    sheet: str
    columns: tuple[str, ...]
    rows: Iterator[Row]

    @classmethod
    def of(cls, place: str, rows: Iterator[Row], sheet: str = "") -> "Table":
        """Take the header off the rows. Raises InvalidInput where there is none."""
        for _, cells in rows:
            return cls(place, sheet, tuple(cell.strip() for cell in cells), rows)
        raise InvalidInput(f"{place} is empty; the first line must name the columns.")
