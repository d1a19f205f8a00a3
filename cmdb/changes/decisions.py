"""Decisions on a change: what each was about, and which approvals are still missing."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from cmdb.changes.assessment import Assessment, Needed
from cmdb.changes.models import digest
from cmdb.changes.plan import Part
from cmdb.records import Record

CHANGED = "changed"
"""The condition of a link to a CI that the change works on."""

Verdict = Literal["approved", "rejected"]


class Decision(Part):
    """What somebody decided, for which teams, on what."""

    by: str
    at: str
    verdict: Verdict
    teams: Mapping[str, str] = Field(description="For which, each with the member on whose behalf; or blank.")
    of: str = Field(description="Hash of what was decided on.")
    conditions: str = ""


class Decisions(Part):
    """All decisions on a change, oldest first; those on something else than it is now do not count."""

    decisions: tuple[Decision, ...] = ()


class Missing(Part):
    """A team, and how many of its members have still to approve."""

    team: str
    persons: int
    why: str


def assessment_of(record: Record) -> Assessment | None:
    """The assessment that a change carries."""
    told = record.values.get("assessment")
    return Assessment.model_validate(told) if told else None


def decisions_of(record: Record) -> tuple[Decision, ...]:
    """All decisions on a change, oldest first."""
    return Decisions.model_validate(record.values.get("approvals", {})).decisions


def subject(record: Record) -> str:
    """Hash of what an approval is about: the change, its plan with window and CIs, and its assessment."""
    told = {
        "number": record.number,
        "model": record.values.get("model"),
        "plan": record.values.get("plan"),
        "cis": record.linked_as(CHANGED),
        "assessment": record.values.get("assessment"),
    }
    return digest(told)


def decisions_on(record: Record) -> tuple[Decision, ...]:
    """The decisions that count: those on exactly what the change is now."""
    of = subject(record)
    return tuple(one for one in decisions_of(record) if one.of == of)


def missing_approvals(record: Record) -> tuple[Missing, ...]:
    """Who has still to approve; raises nothing, also where there is no assessment (then nobody can)."""
    assessment = assessment_of(record)
    given = tuple(one for one in decisions_on(record) if one.verdict == "approved")
    told = (_missing(one, given) for one in assessment.approvals) if assessment else ()
    return tuple(one for one in told if one.persons > 0)


def _missing(needed: Needed, given: tuple[Decision, ...]) -> Missing:
    persons = {one.by for one in given if needed.team in one.teams}
    return Missing(team=needed.team, persons=needed.persons - len(persons), why=needed.why)
