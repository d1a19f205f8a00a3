"""Tables from Excel workbooks: what a person sees in the cells, as text."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from cmdb.errors import InvalidInput
from importers.tables import open_tables


def _book(path: Path, *rows: list[Any], percent: str | None = None) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "cis"
    for row in rows:
        sheet.append(row)
    if percent:
        sheet[percent].number_format = "0%"
    book.create_sheet("empty")
    book.save(path)
    return path


def test_cells_become_the_text_that_a_person_sees(tmp_path: Path) -> None:
    values: list[Any] = ["x", 8, 8.0, 1.5, True, date(2026, 3, 1), datetime(2026, 3, 1, 22, 30), 0.6]
    path = _book(tmp_path / "t.xlsx", list("abcdefgh"), values, percent="H2")
    (table,) = open_tables(path)
    assert (table.sheet, table.place) == ("cis", "t.xlsx, sheet cis")
    expected = ["x", "8", "8", "1.5", "true", "2026-03-01", "2026-03-01T22:30:00", "60%"]
    assert list(table.rows) == [(2, expected)]


def test_rows_are_as_wide_as_the_header(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["a", "b", "c", None],
        ["1"],
        [None, None],
        [None, "2", None, None],
        ["1", "2", "3", "4"],
    ]
    (table,) = open_tables(_book(tmp_path / "t.xlsx", *rows))
    assert table.columns == ("a", "b", "c")
    assert list(table.rows) == [
        (2, ["1", "", ""]),
        (4, ["", "2", ""]),
        (5, ["1", "2", "3", "4"]),
    ]


def test_an_error_in_a_cell_is_told(tmp_path: Path) -> None:
    (table,) = open_tables(_book(tmp_path / "t.xlsx", ["a"], ["#REF!"]))
    with pytest.raises(InvalidInput, match="sheet cis, cell A2 holds the error #REF!"):
        list(table.rows)


@pytest.mark.parametrize("keep", [0, 10, 2000])
def test_a_damaged_workbook_is_told(tmp_path: Path, keep: int) -> None:
    path = _book(tmp_path / "t.xlsx", ["a"], ["1"])
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(InvalidInput, match="cannot be read as an Excel workbook"):
        open_tables(path)
