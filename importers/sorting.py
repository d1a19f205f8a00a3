"""Sorts more rows than fit into memory, on disk."""

import heapq
import marshal
from collections.abc import Iterable, Iterator
from itertools import islice
from tempfile import TemporaryFile, gettempdir
from types import TracebackType

from cmdb.errors import LinchpinError

Keyed = tuple[str, int, tuple[str, ...]]
"""The text to sort by, the line, and the cells of a row.

Tuples of text alone are nothing that the garbage collector looks into again and again.
"""

RUN = 50_000
"""Rows sorted in memory at a time."""
BLOCK = 250
"""Rows that are read back at a time, of each run."""


class SortedRows:
    """Rows by key, then line, in a temporary file that goes when this is closed.

    An external merge sort: runs sorted in memory, then merged (Knuth, The Art of Computer
    Programming, volume 3, section 5.4).
    """

    def __init__(self, rows: Iterable[Keyed], run: int = RUN) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 closed by __exit__
        self._runs: list[list[tuple[int, int]]] = []
        self._count = 0
        rows = iter(rows)
        while chunk := sorted(islice(rows, run)):
            self._runs.append([self._spill(chunk[i : i + BLOCK]) for i in range(0, run, BLOCK)])
            self._count += len(chunk)
        self._file.flush()
        self._blocks = open(self._file.fileno(), "rb", buffering=0, closefd=False)  # noqa: SIM115
        """The same file without a buffer, which each seek would fill for nothing."""

    def __enter__(self) -> "SortedRows":
        return self

    def __exit__(
        self, type_: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._file.close()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Keyed]:
        return heapq.merge(*map(self._read, self._runs))

    def _spill(self, block: list[Keyed]) -> tuple[int, int]:
        content = marshal.dumps(block)
        try:
            self._file.write(content)
        except OSError as error:
            raise LinchpinError(
                f"No room to sort in {gettempdir()}: {error}. Set TMPDIR to a folder with more."
            ) from error
        return self._file.tell() - len(content), len(content)

    def _read(self, run: list[tuple[int, int]]) -> Iterator[Keyed]:
        for start, size in run:
            self._blocks.seek(start)
            yield from marshal.loads(self._blocks.read(size))
