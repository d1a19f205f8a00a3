"""The page that the board decides by."""

from collections.abc import Iterable

from pydantic import BaseModel, Field

from api.practices.change.bureau import Bureau
from api.practices.change.findings import outdated
from api.practices.change.similar import Earlier, earlier_like
from cmdb.changes import (
    Assessment,
    BackOut,
    Decision,
    Missing,
    Plan,
    Window,
    assessment_of,
    closed_changes,
    decisions_on,
    missing_approvals,
    model_name,
)
from cmdb.errors import Conflict
from cmdb.records import Record
from cmdb.store import ci_names


class StepLine(BaseModel):
    """A step with its times; CIs by name."""

    name: str
    action: str
    cis: list[str]
    begin: str
    end: str
    effect: str
    worst: str
    can_back_out: bool


class Brief(BaseModel):
    """All that the board should know of a change."""

    number: str
    title: str
    description: str
    state: str
    model: str
    team: str | None
    requested_by: str
    window: Window
    steps: list[StepLine]
    back_out: BackOut | None
    spare: int = Field(description="Seconds of the window that work and back-out leave.")
    test_evidence: str | None
    assessment: Assessment
    outdated: list[str] = Field(description="What no longer is as it was found; empty: the assessment holds.")
    approvals: list[Decision] = Field(description="Those that count.")
    missing: list[Missing]
    earlier: list[Earlier]


def brief(bureau: Bureau, number: str) -> Brief:
    """The page of a change; raises NotFound, and Conflict where it has not been assessed."""
    record = bureau.change(number)
    assessment = assessment_of(record)
    if assessment is None or "plan" not in record.values:
        raise Conflict(f"{record.number} has not been assessed: `cmdb change assess {record.number}`.")
    plan = Plan.model_validate(record.values["plan"])
    closed = closed_changes(bureau.store.database)
    return Brief(
        number=record.number,
        title=record.values["title"],
        description=record.values.get("description", ""),
        state=record.state,
        model=model_name(record),
        team=record.values.get("team"),
        requested_by=record.values.get("requested_by", record.opened_by),
        window=plan.window,
        steps=_steps(bureau, plan),
        back_out=plan.back_out,
        spare=plan.spare,
        test_evidence=plan.test_evidence,
        assessment=assessment,
        outdated=outdated(bureau, record) if record.open else [],
        approvals=_approvals(record),
        missing=list(missing_approvals(record)),
        earlier=earlier_like(record, closed, bureau.policy.assessing.similar),
    )


def _steps(bureau: Bureau, plan: Plan) -> list[StepLine]:
    names = ci_names(bureau.store.database, plan.cis)
    return [
        StepLine(
            name=one.step.name,
            action=one.step.action,
            cis=_named(names.get(ci) or ci for ci in one.step.cis),
            begin=f"{one.begin:%FT%TZ}",
            end=f"{one.end:%FT%TZ}",
            effect=one.step.effect,
            worst=one.step.worst,
            can_back_out=plan.can_back_out(one.step),
        )
        for one in plan.schedule()
    ]


def _approvals(record: Record) -> list[Decision]:
    return [one for one in decisions_on(record) if one.verdict == "approved"]


def _named(names: Iterable[str]) -> list[str]:
    return sorted(names)
