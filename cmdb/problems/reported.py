"""Problems that suppliers and developers have told of, and that nobody looks into yet."""

from cmdb.database import Database
from cmdb.records import Record
from cmdb.records.record import record_of


def reported(database: Database) -> list[Record]:
    """New problems found by a supplier or a developer, the newest first."""
    rows = database.read(
        """
        MATCH (problem:Problem {state: 'new'}) WHERE problem.found_by IN ['supplier', 'developer']
        RETURN properties(problem) AS problem ORDER BY problem.opened_at DESC, problem.number DESC
        """
    )
    return [record_of(row["problem"]) for row in rows]
