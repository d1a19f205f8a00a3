"""What all tables have in common: keyed rows, and rows that cannot be meant."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from cmdb.reconciliation import Rejection
from cmdb.runs import unfit_native_id
from importers.exchange.layout import Layout
from importers.rejects import IGNORED
from importers.sorting import Keyed
from importers.tables import Row

SURPLUS = ""
"""Key in a rejected row, there only if its cells do not match the header: cells beyond its end."""


@dataclass(frozen=True, slots=True)
class Form:
    """The columns that a table really has, without those to be ignored."""

    layout: Layout
    columns: tuple[str, ...]

    @classmethod
    def of(cls, layout: Layout, header: Sequence[str]) -> "Form":
        """The form of a table with this header."""
        return cls(layout, tuple(name for name in header if name not in IGNORED))

    def keyed(self, header: Sequence[str], rows: Iterable[Row]) -> Iterator[Keyed]:
        """Give each row its key, and leave out the cells to be ignored."""
        ignored = {position for position, name in enumerate(header) if name in IGNORED}
        at = self.columns.index(self.layout.key)
        for line, cells in rows:
            kept = [c for i, c in enumerate(cells) if i not in ignored] if ignored else cells
            yield kept[at].strip() if at < len(kept) else "", line, tuple(kept)

    def by_key(self, rows: Iterable[Keyed]) -> Iterator[tuple[str, list[Keyed]]]:
        """Gather the rows of each key."""
        for key, group in groupby(rows, key=itemgetter(0)):
            yield key, list(group)

    def fault(self, row: Keyed) -> str | None:
        """Tell why a row cannot be read, whatever its values."""
        key, _, cells = row
        if len(cells) != len(self.columns):
            return f"has {len(cells)} cells where the header has {len(self.columns)}"
        return unfit(self.layout.key, key)

    def rejection(self, row: Keyed, reason: str) -> Rejection:
        """Reject a row."""
        _, line, cells = row
        return Rejection(self.layout.table, line, self._as_it_stood(cells), reason)

    def _as_it_stood(self, cells: Sequence[str]) -> Mapping[str, object]:
        stood: dict[str, object] = dict(zip(self.columns, cells, strict=False))
        if len(cells) != len(self.columns):
            stood[SURPLUS] = list(cells[len(self.columns) :])
        return stood


def unfit(column: str, key: str) -> str | None:
    """Tell why the text of a column cannot be a native id."""
    reason = unfit_native_id(key)
    return reason and f"{column} {reason}"


def lines(rows: Iterable[Keyed]) -> str:
    """The lines of rows, as a person says them; the first few of many."""
    numbers = [str(line) for _, line, _ in rows]
    shown = ", ".join(numbers[:10])
    return f"lines {shown}, …" if len(numbers) > 10 else f"lines {shown}"
