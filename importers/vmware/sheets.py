"""The sheets of an RVTools export, from a workbook or a folder of .csv."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from cmdb.errors import InvalidInput
from importers.documents import find_files, read_text
from importers.tables import open_tables

SHEET = re.compile(r"(?:RVTools_)?(?:tab)?(v[A-Z]\w*|dv[A-Z]\w*)", re.IGNORECASE)
"""`vInfo`, in older releases `tabvInfo`; as a file `RVTools_tabvInfo.csv`."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet, with cells by column name."""

    sheet: str
    number: int
    cells: dict[str, str]

    def get(self, *columns: str) -> str:
        """The first cell that is not blank among columns, which releases name differently."""
        return next((cell for column in columns if (cell := self.cells.get(column, "").strip())), "")

    def number_in(self, *columns: str) -> str:
        """A whole number without the marks that group its digits."""
        return re.sub(r"\D", "", self.get(*columns))

    def says(self, column: str) -> bool:
        """Whether the cell says true."""
        return self.get(column).lower() in ("true", "yes", "1")

    @property
    def manager(self) -> str:
        """The vCenter that it comes from."""
        return self.get("VI SDK Server", "VI SDK UUID").lower() or "vcenter"


Sheets = dict[str, list[Line]]


def read_sheets(path: Path) -> Sheets:
    """The lines of all sheets, by the name of the sheet. Raises InvalidInput where there is none."""
    files = [path] if path.is_file() else find_files(path, ".csv")
    sheets: Sheets = {}
    for file in files:
        for sheet, rows in _workbook(file) if file.suffix.lower() == ".xlsx" else _text(file):
            if match := SHEET.fullmatch(sheet):
                sheets.setdefault(match[1].lower(), []).extend(rows)
    if not sheets.keys() & {"vinfo", "vhost"}:
        raise InvalidInput(f"{path} holds neither vInfo nor vHost; export it again with all sheets.")
    return sheets


def _workbook(file: Path) -> Iterator[tuple[str, list[Line]]]:
    for table in open_tables(file):
        rows = [
            Line(table.sheet, number, dict(zip(table.columns, cells, strict=False)))
            for number, cells in table.rows
        ]
        yield table.sheet, rows


def _text(file: Path) -> Iterator[tuple[str, list[Line]]]:
    """One sheet; RVTools separates cells as the system on which it ran does."""
    text = read_text(file)
    header = text.partition("\n")[0]
    separator = ";" if header.count(";") > header.count(",") else ","
    sheet = file.name.partition(".")[0]
    try:
        reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
        columns = [name.strip() for name in next(reader, [])]
        rows = [
            Line(sheet, reader.line_num, dict(zip(columns, cells, strict=False))) for cells in reader if cells
        ]
    except csv.Error as error:
        raise InvalidInput(f"{file.name} is no whole table: {error}. Export it again.") from error
    yield sheet, rows
