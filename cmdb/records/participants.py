"""Who has a hand in what a record asks for, and so cannot be the one to decide on it."""

from collections.abc import Callable, Iterable

from cmdb.records.log import Changes, Sealed
from cmdb.records.record import Record

REQUESTED_BY = "requested_by"


def participants(record: Record, log: Iterable[Sealed], wrote: Callable[[Changes], bool]) -> set[str]:
    """Who opened a record, asked for it at any time, or wrote what is in it.

    `wrote` tells whether changes of a log entry are of what is decided on.
    """
    found = {record.opened_by, record.values.get(REQUESTED_BY)}
    for _, entry, _ in log:
        found |= {entry.by} if wrote(entry.changes) else set()
        found |= {*entry.changes.get(REQUESTED_BY, ())}
    return {name for name in found if name}
