"""Reads text separated by commas, semicolons or tabs, plain or compressed."""

import codecs
import csv
import gzip
import zlib
from collections.abc import Iterator
from gzip import GzipFile
from io import BufferedReader, TextIOWrapper
from pathlib import Path
from typing import IO

from cmdb.errors import InvalidInput
from importers.tables.table import Row

SEPARATORS = (",", ";", "\t")
"""What Excel writes between cells: a comma, a semicolon where the comma is for decimals, a tab in UTF-16."""

MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""Encodings by the mark at the beginning of a file."""

LONGEST_LINE = 1 << 24
"""Characters of a line; a file that goes on without end is no table."""

HEADER = 1 << 16
"""Characters of a header that are looked at for the separator."""


def read_text(path: Path, encoding: str) -> Iterator[Row]:
    """Yield the rows of a file, header included, blank lines left out.

    The header tells the separator. A mark at the beginning tells the encoding; a file without one is in
    `encoding`. Raises InvalidInput that names the line where the file is damaged or in another one.
    """
    line = 1
    try:
        with _open(path, encoding) as file:
            separator = _separator(file)
            reader = csv.reader(_lines(file, path.name), delimiter=separator, strict=True)
            for cells in reader:
                if any(cells):
                    yield line, cells
                line = reader.line_num + 1
    except csv.Error as error:
        raise InvalidInput(f"{path.name}, line {line}: {error}. Correct the quotes.") from error
    except UnicodeDecodeError as error:
        place = f"{path.name}, line {_undecodable_line(path, encoding)}"
        raise InvalidInput(
            f"{place} is not {error.encoding.upper()}; save the file as 'CSV UTF-8'."
        ) from error
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InvalidInput(
            f"{path.name} is not a whole gzip file: {error}. Compress or copy it again."
        ) from error
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror or error}.") from error


def _lines(file: IO[str], place: str) -> Iterator[str]:
    line = 0
    while text := file.readline(LONGEST_LINE + 1):
        line += 1
        if len(text) > LONGEST_LINE:
            raise InvalidInput(f"{place}, line {line} has over {LONGEST_LINE:,} characters; is it a table?")
        yield text


def _open(path: Path, encoding: str, errors: str = "strict") -> IO[str]:
    file = _open_bytes(path)
    start = file.peek(max(map(len, MARKS)))
    told = next((name for mark, name in MARKS.items() if start.startswith(mark)), encoding)
    try:
        return TextIOWrapper(file, told, errors, newline="")
    except LookupError as error:
        raise InvalidInput(
            f"No encoding is called {encoding!r}; Excel's is windows-1252 or cp1250."
        ) from error


def _open_bytes(path: Path) -> GzipFile | BufferedReader:
    return gzip.open(path) if path.name.lower().endswith(".gz") else path.open("rb")


def _separator(file: IO[str]) -> str:
    """The separator that gives the header the most cells; the file is at its beginning before and after."""
    lines = iter(lambda: file.readline(HEADER), "")
    header = next((line for line in lines if line.strip(' \r\n"' + "".join(SEPARATORS))), "")
    file.seek(0)
    return max(SEPARATORS, key=lambda one: len(next(csv.reader([header], delimiter=one), ())))


def _undecodable_line(path: Path, encoding: str) -> int:
    with _open(path, encoding, "replace") as file:
        for line, content in enumerate(_lines(file, path.name), 1):
            if "\N{REPLACEMENT CHARACTER}" in content:
                return line
    raise AssertionError("the file has changed while it was read")
