"""How many releases work out."""

from dataclasses import dataclass

from cmdb.database import Database


@dataclass(frozen=True, slots=True)
class ReleaseRate:
    """The releases of a type that were closed in a period, by what came of them."""

    type: str
    closed: int
    successful: int
    with_incidents: int
    reversed: int

    @property
    def share(self) -> float:
        """The share that was successful."""
        return self.successful / self.closed


def release_rates(database: Database, since: str, until: str) -> list[ReleaseRate]:
    """The rates by type; times as records tell them. What was cancelled was never released."""
    rows = database.read(
        """
        MATCH (release:Release)
        WHERE release.outcome IS NOT NULL AND release.closed_at >= $since AND release.closed_at < $until
        RETURN coalesce(release.type, 'minor') AS type, count(*) AS closed,
               sum(CASE release.outcome WHEN 'successful' THEN 1 ELSE 0 END) AS successful,
               sum(CASE release.outcome WHEN 'with incidents' THEN 1 ELSE 0 END) AS with_incidents,
               sum(CASE release.outcome WHEN 'reversed' THEN 1 ELSE 0 END) AS reversed
        ORDER BY type
        """,
        since=since,
        until=until,
    )
    return [ReleaseRate(**row.data()) for row in rows]
