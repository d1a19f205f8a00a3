"""Reads the content of a file, plain or compressed, as far as it is safe to."""

import codecs
import gzip
import zlib
from collections.abc import Iterator
from io import BufferedIOBase
from pathlib import Path

from cmdb.errors import InvalidInput

MOST_BYTES = 1 << 30
"""What a document may hold, unpacked."""

BLOCK = 1 << 20
"""Bytes that are read at a time."""

ENCODINGS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""By the mark at the beginning; a file without one is UTF-8. (PowerShell's `>` writes UTF-16.)"""


def find_files(path: Path, *suffixes: str) -> list[Path]:
    """The file itself, or the files of a folder and all below it that end so, in order of their names.

    Each suffix stands for its compressed form (`.json.gz`) too. Raises InvalidInput where there is none.
    """
    if path.is_file():
        return [path]
    wanted = tuple(f"{suffix}{packed}" for suffix in suffixes for packed in ("", ".gz"))
    if files := sorted(file for file in path.rglob("*") if file.name.lower().endswith(wanted)):
        return files
    raise InvalidInput(f"{path} holds no file that ends in {', '.join(suffixes)} (nor with .gz).")


def read_bytes(path: Path, most: int = MOST_BYTES) -> bytes:
    """The content of a file, unpacked where it is gzip. Raises InvalidInput where it cannot be had."""
    try:
        with path.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
        with gzip.open(path) if packed else path.open("rb") as file:
            content = b"".join(_blocks(file, most))
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InvalidInput(f"{path.name} is not a whole gzip file: {error}. Copy it again.") from error
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror or error}.") from error
    if len(content) > most:
        raise InvalidInput(f"{path.name} holds more than {most:,} bytes, the most that is read; split it.")
    return content


def _blocks(file: BufferedIOBase, most: int) -> Iterator[bytes]:
    """The content, up to the block that exceeds `most` bytes."""
    size = 0
    while size <= most and (block := file.read(BLOCK)):
        size += len(block)
        yield block


def read_text(path: Path) -> str:
    """The content of a file as text. Raises InvalidInput where it cannot be had."""
    return decode(read_bytes(path), path.name)


def decode(content: bytes, place: str) -> str:
    """Bytes as text, by the mark at their beginning. Raises InvalidInput that names the line."""
    encoding = next((name for mark, name in ENCODINGS.items() if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InvalidInput(f"{place}, line {line} is not {encoding}; save it as UTF-8.") from error
