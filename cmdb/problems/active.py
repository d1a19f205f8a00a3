"""The known errors that are still there, and where."""

from collections.abc import Set
from dataclasses import dataclass

from cmdb.database import Database


@dataclass(frozen=True, slots=True)
class KnownError:
    """A known error, what helps, and the CIs (by id) that it is about."""

    number: str
    title: str
    workaround: str
    problem: str | None
    causes: Set[str]
    """The CIs that are its root cause, by its own links or those of its problem."""
    affected: Set[str]


def active_known_errors(database: Database) -> list[KnownError]:
    """All that no change has ended yet, the newest first; read as one list, since many rows are slow."""
    (row,) = database.read(
        """
        MATCH (error:KnownError {state: 'active'})
        WITH error ORDER BY error.number DESC
        RETURN collect([
            error.number, error.title, error.workaround,
            [(error)-[:RELATES_TO {type: 'of'}]->(problem:Problem) | problem.number],
            [(error)-[:CONCERNS {condition: 'cause'}]->(ci) | ci.id],
            [(error)-[:RELATES_TO {type: 'of'}]->(:Problem)-[:CONCERNS {condition: 'cause'}]->(ci) | ci.id],
            [(error)-[:CONCERNS {condition: 'affected'}]->(ci) | ci.id]
        ]) AS errors
        """
    )
    return [
        KnownError(number, title, workaround, max(problems, default=None), {*own, *of_problem}, {*affected})
        for number, title, workaround, problems, own, of_problem, affected in row["errors"]
    ]
