"""Writes rejected rows to files that can be corrected and imported again."""

import csv
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

from cmdb.errors import InvalidInput
from cmdb.reconciliation import Rejection
from importers.exchange.layout import IGNORED
from importers.exchange.rows import SURPLUS, Form


class Rejects:
    """A folder that gets one file a table, once a row of it is rejected.

    Raises InvalidInput where the folder holds such a file already.
    """

    def __init__(self, folder: Path, forms: Mapping[str, Form]) -> None:
        self._folder = folder
        self._forms = forms
        self._writers: dict[str, Any] = {}
        self._open = ExitStack()
        for table in forms:
            if self._path(table).exists():
                raise InvalidInput(
                    f"{self._path(table)} is there already; name another folder for rejected rows."
                )

    def __enter__(self) -> "Rejects":
        return self

    def __exit__(
        self, type_: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._open.close()

    @property
    def files(self) -> list[Path]:
        """The files that have been written."""
        return [self._path(table) for table in self._writers]

    def write(self, rejection: Rejection) -> None:
        """Write one row with its line and reason."""
        table, row = rejection.table, rejection.row
        columns = self._forms[table].columns
        if table not in self._writers:
            self._writers[table] = self._create(table)
            self._writers[table].writerow((*IGNORED, *columns))
        if SURPLUS in row:
            cells = [row[name] for name in columns if name in row] + row[SURPLUS]
        else:
            cells = [row.get(name, "") for name in columns]
        self._writers[table].writerow((rejection.line, rejection.reason, *cells))

    def _path(self, table: str) -> Path:
        return self._folder / f"{table}.csv"

    def _create(self, table: str) -> Any:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            file = self._path(table).open("x", encoding="utf-8", newline="")
        except OSError as error:
            raise InvalidInput(f"Rejected rows cannot be written: {error}.") from error
        return csv.writer(self._open.enter_context(file))
