"""What an import of records did."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from cmdb.arrivals.foreign import Foreign
from cmdb.reconciliation import Rejection
from cmdb.records import Arrived, Outcome

SHOWN = 20
"""Rejected rows that a report keeps."""


@dataclass(slots=True)
class RecordReport:
    """Records by kind and outcome, entries of logs that were written, and what did not fit.

    `rejected` are the first rejected rows; `files` names where all of them are written. `unknown_cis` counts
    records by CIs, as the source calls them, that are not known; `unmapped` counts records by values that
    none of ours stands for, which are kept as they came.
    """

    run: str
    source: str
    dry_run: bool = False
    records: dict[str, Counter[str]] = field(default_factory=dict)
    entries: int = 0
    rejected: list[Rejection] = field(default_factory=list)
    rejected_rows: int = 0
    files: list[str] = field(default_factory=list)
    unknown_cis: Counter[str] = field(default_factory=Counter)
    unmapped: Counter[str] = field(default_factory=Counter)
    first_revision: int | None = None
    last_revision: int | None = None

    def add(self, foreign: Foreign, arrived: Arrived) -> None:
        """Count what became of a record."""
        self.count(foreign.kind, arrived.outcome)
        self.entries += arrived.entries
        self.unmapped.update(foreign.unmapped)

    def count(self, kind: str, outcome: Outcome) -> None:
        """Count one record."""
        self.records.setdefault(kind, Counter())[outcome.value] += 1

    def reject(self, rows: Sequence[Rejection]) -> None:
        """Keep rows that did not fit, if they are among the first."""
        self.rejected_rows += len(rows)
        self.rejected += rows[: SHOWN - len(self.rejected)]

    def revised(self, seq: int) -> None:
        """Note a revision that the import made."""
        self.first_revision = self.first_revision or seq
        self.last_revision = seq
