"""Reads the sheets of an Excel workbook as text."""

from collections.abc import Iterator
from datetime import datetime, time
from itertools import chain
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

from cmdb.errors import InvalidInput
from importers.tables.table import Row, Table

MOST_BYTES = 1 << 29
"""What a workbook may hold, unpacked."""


def read_workbook(path: Path) -> list[Table]:
    """Open the sheets that are not empty. Raises InvalidInput where it is no readable workbook."""
    _check_size(path)
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        return [
            Table.of(f"{path.name}, sheet {sheet.title}", chain([first], rows), sheet.title)
            for sheet in book.worksheets
            if (first := next(rows := _rows(path, sheet), None))
        ]
    except InvalidInput:
        raise
    except Exception as error:  # the library lets through whatever it trips over
        raise _unreadable(path, error) from error


def _check_size(path: Path) -> None:
    """Few bytes can unpack to many; no more are unpacked than the file admits."""
    try:
        with ZipFile(path) as packed:
            size = sum(part.file_size for part in packed.infolist())
    except (BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    if size > MOST_BYTES:
        raise InvalidInput(
            f"{path.name} holds {size:,} bytes unpacked, more than the {MOST_BYTES:,} that are read; "
            "save it as CSV."
        )


def _rows(path: Path, sheet: Any) -> Iterator[Row]:
    """Yield rows as wide as the header, which ends at its last cell, or wider where they hold more."""
    sheet.reset_dimensions()  # what other programs wrote there may be wrong
    width = 0
    try:
        for line, row in enumerate(sheet.iter_rows(), 1):
            cells = [_text(path, sheet, cell) for cell in row]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                width = width or len(cells)
                yield line, cells + [""] * (width - len(cells))
    except InvalidInput:
        raise
    except Exception as error:  # as above
        raise _unreadable(path, error) from error


def _text(path: Path, sheet: Any, cell: Any) -> str:
    """What a person sees in the cell, with dates in ISO 8601."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        if cell.data_type == "e":
            place = f"{path.name}, sheet {sheet.title}, cell {cell.coordinate}"
            raise InvalidInput(f"{place} holds the error {value}; correct it.")
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        percent = "%" in cell.number_format
        return f"{value * 100:.15g}%" if percent else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    return str(value)


def _unreadable(path: Path, error: Exception) -> InvalidInput:
    return InvalidInput(f"{path} cannot be read as an Excel workbook: {error}. Save it again.")
