"""Whether the log of a record is whole, and whether the record says what its log does."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cmdb.database import Database
from cmdb.records.log import Sealed, broken, read_log
from cmdb.records.reading import get_record
from cmdb.records.record import Record, told


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of a log: `broken_at` is the first entry that is not as it was written."""

    number: str
    entries: int
    broken_at: int | None
    altered: tuple[str, ...]
    """Fields that say something else than the last entry of the log that changed them."""

    @property
    def whole(self) -> bool:
        """Whether nothing was altered, removed or slipped in."""
        return self.broken_at is None and not self.altered


def verify(database: Database, number: str) -> Verification:
    """Read the log of a record from its beginning; raises NotFound."""
    record = get_record(database, number)
    return verified(record, read_log(database, record.number))


def verified(record: Record, log: Sequence[Sealed]) -> Verification:
    """What a record and its log say of one another."""
    logged: dict[str, Any] = {}
    for one in log:
        logged |= {name: after for name, (_, after) in one.entry.changes.items()}
        logged["state"] = one.entry.to_state or logged.get("state")
    says = {**told(record), "state": record.state}
    altered = sorted(name for name, value in logged.items() if says.get(name) != value)
    return Verification(record.number, len(log), broken(log, record.entries, record.seal), tuple(altered))
