"""The known errors that are still there, and where."""

from collections.abc import Sequence
from dataclasses import dataclass

from cmdb.database import Database


@dataclass(frozen=True, slots=True)
class KnownError:
    """A known error, what helps, and the CIs (by id) that it is about."""

    number: str
    title: str
    workaround: str
    problem: str | None
    causes: Sequence[str]
    """The CIs that are its root cause, by its own links or those of its problem."""
    affected: Sequence[str]


def active_known_errors(database: Database) -> list[KnownError]:
    """All that no change has ended yet, the newest first."""
    rows = database.read(
        """
        MATCH (error:KnownError {state: 'active'})
        OPTIONAL MATCH (error)-[:RELATES_TO {type: 'of'}]->(problem:Problem)
        RETURN error.number AS number, error.title AS title, error.workaround AS workaround,
               max(problem.number) AS problem,
               COLLECT {
                   MATCH (error)-[:RELATES_TO*0..1 {type: 'of'}]->()
                         -[:CONCERNS {condition: 'cause'}]->(ci:CI|RetiredCI)
                   RETURN DISTINCT ci.id AS id ORDER BY id
               } AS causes,
               [(error)-[:CONCERNS {condition: 'affected'}]->(ci:CI|RetiredCI) | ci.id] AS affected
        ORDER BY number DESC
        """
    )
    return [KnownError(**row.data()) for row in rows]
