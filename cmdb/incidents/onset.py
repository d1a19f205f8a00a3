"""Since when an incident fails."""

from datetime import datetime

from cmdb.records import Record


def onset(record: Record) -> datetime:
    """Since when it is so, as far as anybody has said; else since it was opened."""
    return datetime.fromisoformat(record.values.get("onset") or record.opened_at)
