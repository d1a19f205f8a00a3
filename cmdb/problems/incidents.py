"""The incidents of a problem."""

from cmdb.database import Database
from cmdb.records import Record
from cmdb.records.record import record_of


def incidents_of(database: Database, number: str) -> list[Record]:
    """The incidents that are put down to a problem, or that raised it, oldest first."""
    rows = database.read(
        """
        MATCH (:Problem {number: $number})-[link:RELATES_TO]-(incident:Incident)
        WHERE link.type IN ['problem', 'raised_by']
        WITH DISTINCT incident ORDER BY incident.opened_at, incident.number
        RETURN properties(incident) AS incident
        """,
        number=number,
    )
    return [record_of(row["incident"]) for row in rows]
