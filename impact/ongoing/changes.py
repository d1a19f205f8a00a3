"""What was changed lately, in memory: it follows the revisions, so that no question waits for all of them."""

from datetime import UTC, datetime, timedelta
from threading import Lock

from cmdb.database import Database
from impact.causes import Prior, RootCausePolicy, changed


class RecentChanges:
    """The changes of the last hours that make CIs suspect, as the policy has it; safe between threads."""

    def __init__(self, database: Database, policy: RootCausePolicy) -> None:
        self._database, self._rule = database, policy.changes
        self._lock = Lock()
        self._since: datetime | None = None
        self._until = datetime.min.replace(tzinfo=UTC)
        self._changes: list[Prior] = []

    def since(self, began: datetime) -> list[Prior]:
        """What was changed since then, the newest first."""
        with self._lock:
            if self._since is None or began < self._since:
                self._since = self._until = began - timedelta(hours=self._rule.hours)
                self._changes = []
            seen, last = _news(self._database, self._until)
            if last:
                self._changes = [*changed(self._database, self._until, last, self._rule), *self._changes]
            self._until = seen or self._until
            return [change for change in self._changes if change.at > began]


def _news(database: Database, after: datetime) -> tuple[datetime | None, datetime | None]:
    """When the newest revision was, and the newest that may have changed the graph; others wrote records."""
    (row,) = database.read(
        """
        OPTIONAL MATCH (revision:Revision)
        WHERE revision.at > datetime({datetime: $after, timezone: 'UTC'})
        WITH revision, EXISTS { (entry:LogEntry {created: revision.id}) } AS wrote_records
        RETURN max(revision.at) AS seen, max(CASE WHEN wrote_records THEN NULL ELSE revision.at END) AS last
        """,
        after=after,
    )
    seen, last = (at.to_native() if at else None for at in (row["seen"], row["last"]))
    return seen, last
