"""Whose view of things it is."""

from dataclasses import dataclass
from datetime import UTC, datetime

from cmdb.catalogue import MANUAL
from cmdb.reconciliation.observation import source_key


@dataclass(frozen=True, slots=True)
class View:
    """Whose view it is and from when; together with a native id it identifies a record."""

    source: str
    scope: str
    observed_at: str

    def key(self, native_id: str) -> str:
        """The key of the record for this thing."""
        return source_key(self.source, self.scope, native_id)


def manual_view() -> View:
    """What people say, now."""
    return View(MANUAL, "", datetime.now(UTC).isoformat())
