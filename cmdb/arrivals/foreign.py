"""Records as sources tell them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cmdb.reconciliation import Rejection
from cmdb.records import Arrival, Happening


@dataclass(frozen=True, slots=True)
class Foreign:
    """A record of another system, what it calls the CIs that it is about, and the rows that tell of it.

    `native_id` is its key, `number` what people call it there; `history` and `is_log` are as in `Arrival`.
    `rows` are those of `table`, by line. `unmapped` are values that none of ours stands for (`field: value`).
    """

    kind: str
    native_id: str
    number: str
    history: Sequence[Happening]
    is_log: bool
    cis: tuple[str, ...]
    table: str
    rows: tuple[tuple[int, Mapping[str, Any]], ...]
    unmapped: frozenset[str] = frozenset()

    def arrival(self, source: str, links: frozenset[str]) -> Arrival:
        """What arrives from a source, with links to CIs (by id)."""
        return Arrival(self.kind, source, self.native_id, self.history, self.number, self.is_log, links)

    def rejections(self, reason: str) -> list[Rejection]:
        """All of its rows, so that they can be corrected and imported again together."""
        return [Rejection(self.table, line, row, reason) for line, row in self.rows]
