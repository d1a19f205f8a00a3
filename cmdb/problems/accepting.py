"""A candidate becomes a problem, with its incidents and its CIs, in one revision."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

from cmdb.database import Database
from cmdb.errors import Conflict
from cmdb.history import Draft, revise
from cmdb.records import By, Desk, Edit, Record, Related, locked, noted, opened

FoundBy = Literal["recurrence", "major_incident", "supplier", "developer"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What could be a problem, and why; CIs by id, incidents by number."""

    title: str
    found_by: FoundBy
    evidence: str
    suspected: Collection[str]
    affected: Collection[str]
    incidents: Collection[str]


def accept(desk: Desk, by: By, finding: Finding) -> Record:
    """Open the problem and relate the incidents to it.

    Raises Conflict where an open problem suspects the same CI already, or was raised by the same incident.
    """

    def work(draft: Draft) -> Record:
        links = {
            **dict.fromkeys(finding.affected, "affected"),
            **dict.fromkeys(finding.suspected, "suspected"),
        }
        told = {"title": finding.title, "found_by": finding.found_by, "evidence": finding.evidence}
        raised = finding.incidents if finding.found_by == "major_incident" else ()
        related = frozenset(Related("raised_by", number) for number in raised)
        problem = opened(draft, desk, by, "problem", Edit(values=told, links=links, related=related))
        _require_new(
            draft, problem, finding
        )  # after it was opened: who opens another one waits from there on
        to = Edit(related=frozenset({Related("problem", problem.number)}))
        said = replace(by, at=None)
        for number in sorted(finding.incidents):
            noted(draft, desk, said, locked(draft, number), "problem", to)
        return problem

    return revise(desk.database, by.author, work)[0]


def open_problems(database: Database, cis: Collection[str]) -> dict[str, str]:
    """The oldest open problem that suspects each of some CIs (by id), or knows it as its cause."""
    rows = database.read(
        """
        UNWIND $cis AS id
        MATCH (ci:CI {id: id})<-[link:CONCERNS]-(problem:Problem {open: true})
        WHERE link.condition IN ['suspected', 'cause']
        RETURN id, min(problem.number) AS number
        """,
        cis=list(cis),
    )
    return {row["id"]: row["number"] for row in rows}


def _require_new(draft: Draft, problem: Record, finding: Finding) -> None:
    rows = draft.run(
        """
        MATCH (other:Problem {open: true}) WHERE other.number <> $number
          AND (EXISTS { (other)-[link:CONCERNS]->(ci:CI)
                        WHERE link.condition IN ['suspected', 'cause'] AND ci.id IN $suspected }
               OR $raised AND EXISTS { (other)-[link:RELATES_TO]-(incident:Incident)
                        WHERE link.type IN ['problem', 'raised_by'] AND incident.number IN $incidents })
        RETURN other.number AS number ORDER BY number LIMIT 1
        """,
        number=problem.number,
        suspected=list(finding.suspected),
        incidents=list(finding.incidents),
        raised=finding.found_by == "major_incident",
    )
    if rows:
        raise Conflict(f"{rows[0]['number']} is open for this already.", problem=rows[0]["number"])
