"""Writes rejected rows to files that can be corrected and imported again."""

from collections.abc import Mapping
from pathlib import Path

from cmdb.errors import InvalidInput
from cmdb.reconciliation import Rejection
from importers.exchange.rows import SURPLUS, Form
from importers.rejects import RejectedRows


class Rejects(RejectedRows):
    """A folder that gets one file a table, with all its columns, once a row of it is rejected.

    Raises InvalidInput where the folder holds such a file already.
    """

    def __init__(self, folder: Path, forms: Mapping[str, Form]) -> None:
        super().__init__(folder)
        self._forms = forms
        for file in (folder / f"{table}.csv" for table in forms):
            if file.exists():
                raise InvalidInput(f"{file} is there already; name another folder for rejected rows.")

    def write(self, rejection: Rejection) -> None:
        """Write one row with its line and reason."""
        row, columns = rejection.row, self._forms[rejection.table].columns
        if SURPLUS in row:
            cells = [row[name] for name in columns if name in row] + row[SURPLUS]
        else:
            cells = [row.get(name, "") for name in columns]
        self._write(rejection, columns, cells)
