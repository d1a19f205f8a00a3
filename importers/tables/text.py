"""Reads comma-separated text, plain or compressed."""

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


def read_text(path: Path) -> Iterator[Row]:
    """Yield the rows of a UTF-8 file, header included, blank lines left out.

    Raises InvalidInput that names the line where the file is damaged or is not UTF-8.
    """
    line = 1
    try:
        with _open(path) as file:
            reader = csv.reader(file, strict=True)
            for cells in reader:
                if any(cells):
                    yield line, cells
                line = reader.line_num + 1
    except csv.Error as error:
        raise InvalidInput(f"{path.name}, line {line}: {error}. Correct the quotes.") from error
    except UnicodeDecodeError as error:
        raise InvalidInput(
            f"{path.name}, line {_undecodable_line(path)} is not UTF-8; save the file as 'CSV UTF-8'."
        ) from error
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InvalidInput(
            f"{path.name} is not a whole gzip file: {error}. Compress or copy it again."
        ) from error
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror or error}.") from error


def _open(path: Path) -> IO[str]:
    return TextIOWrapper(_open_bytes(path), encoding="utf-8-sig", newline="")


def _open_bytes(path: Path) -> GzipFile | BufferedReader:
    return gzip.open(path) if path.name.lower().endswith(".gz") else path.open("rb")


def _undecodable_line(path: Path) -> int:
    with _open_bytes(path) as file:
        for line, content in enumerate(file, 1):
            try:
                content.decode()
            except UnicodeDecodeError:
                return line
    raise AssertionError("the file has changed while it was read")
