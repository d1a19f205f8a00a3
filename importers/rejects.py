"""Writes rejected rows of any source to files that can be corrected."""

import csv
from collections.abc import Collection, Iterable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from cmdb.errors import InvalidInput
from cmdb.reconciliation import Rejection

IGNORED = ("reject_line", "reject_reason")
"""Columns of a file of rejected rows that say why they are there."""


class RejectedRows:
    """A folder that gets one file a table, or several where rows of a table have different columns."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writers: dict[tuple[str, ...], Any] = {}
        self._open = ExitStack()
        self.files: list[Path] = []

    def __enter__(self) -> "RejectedRows":
        return self

    def __exit__(
        self, type_: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._open.close()

    def write(self, rejection: Rejection) -> None:
        """Write one row with its line and reason."""
        self._write(rejection, rejection.row, rejection.row.values())

    def _write(self, rejection: Rejection, header: Collection[str], cells: Iterable[Any]) -> None:
        columns = rejection.table, *header
        if columns not in self._writers:
            self._writers[columns] = self._create(rejection.table)
            self._writers[columns].writerow((*IGNORED, *header))
        self._writers[columns].writerow((rejection.line, rejection.reason, *cells))

    def _create(self, table: str) -> Any:
        several = sum(known[0] == table for known in self._writers)
        path = self._folder / (f"{table}-{several + 1}.csv" if several else f"{table}.csv")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            file = path.open("x", encoding="utf-8", newline="")
        except OSError as error:
            raise InvalidInput(f"Rejected rows cannot be written: {error}.") from error
        self.files.append(path)
        return csv.writer(self._open.enter_context(file))


def rejects_now() -> Path:
    """A folder for rejected rows that no other import has."""
    return Path(f"rejected-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}")
