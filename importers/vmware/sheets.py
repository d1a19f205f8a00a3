"""The sheets of an RVTools export, from a workbook or a folder of .csv."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cmdb.errors import InvalidInput
from importers.documents import find_files
from importers.tables import Table, open_tables

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
        for table in open_tables(file):
            sheet = table.sheet or file.name.partition(".")[0]
            if match := SHEET.fullmatch(sheet):
                sheets.setdefault(match[1].lower(), []).extend(_lines(sheet, table))
    if not sheets.keys() & {"vinfo", "vhost"}:
        raise InvalidInput(f"{path} holds neither vInfo nor vHost; export it again with all sheets.")
    return sheets


def _lines(sheet: str, table: Table) -> Iterator[Line]:
    for number, cells in table.rows:
        yield Line(sheet, number, dict(zip(table.columns, cells, strict=False)))
