"""Starting a change: on an assessment that holds, or with a word on why nevertheless."""

from collections.abc import Sequence

from cmdb.errors import Outdated
from cmdb.history import Draft, revise
from cmdb.records import By, Desk, Record, locked, moved


def start(desk: Desk, by: By, read: Record, at: str, differing: Sequence[str]) -> Record:
    """Start a change as it was read, where `differing` says what differs from its assessment at that time.

    Raises Conflict where anything does and `by` has no note that says why it starts all the same, Outdated
    where somebody has changed it since, and as `transition` does.
    """

    def work(draft: Draft) -> Record:
        record = locked(draft, read.number)
        if record.entries != read.entries:
            raise Outdated(f"{read.number} was changed while it was looked at. Start it again.")
        looked = {"at": at, "entries": record.entries, "differing": list(differing)}
        return moved(draft, desk, by, record, "start", derived={"outlook": looked})

    return revise(desk.database, by.author, work)[0]
