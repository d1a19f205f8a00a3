"""Changes: plans, assessments, decisions, and what the board has before it."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from api.http.answers import WITH_BODY, problems
from api.http.dependencies import ORIGIN, Operator, TheDesk, TheEngine, TheStore
from api.practices.change import (
    Brief,
    WrittenPlan,
    assess,
    brief,
    collisions_of,
    decide_on,
    html,
    markdown,
    open_bureau,
    outdated,
    plan_change,
    start_change,
    windows_for,
)
from api.practices.change.bureau import Bureau
from api.practices.change.reviewing import Comparison, compare
from api.records import RecordView, view
from cmdb.access import Actor
from cmdb.changes import Assessment, assessment_of, submit
from cmdb.changes.decisions import Verdict
from cmdb.records import By, Verification, verify
from impact.planning import Collisions, Stretch

router = APIRouter(prefix="/changes", tags=["Changes"])
REFUSALS = problems(404, 409, 412, *WITH_BODY)
Number = Annotated[str, Path(max_length=50, examples=["CHG-000042"])]
Begin = Annotated[AwareDatetime | None, Query(alias="from", description="Null: now.")]


class Note(BaseModel):
    """A word to go into the log."""

    model_config = ConfigDict(extra="forbid")

    note: str = Field(default="", max_length=20_000, description="Kept in the log.")

    def by(self, actor: Actor) -> By:
        """Who acts."""
        return By(actor, ORIGIN, self.note)


class NewPlan(Note):
    """A plan, and a word to it."""

    plan: WrittenPlan


class NewDecision(Note):
    """A decision, and under which conditions."""

    verdict: Verdict
    conditions: str = Field(default="", max_length=20_000)


class Assessed(BaseModel):
    """The assessment that a change carries, and whether it still holds."""

    assessment: Assessment | None
    outdated: list[str] = Field(description="What differs now, a sentence each; empty: it holds.")


def _bureau(store: TheStore, engine: TheEngine, desk: TheDesk) -> Bureau:
    return open_bureau(store, engine, desk)


TheBureau = Annotated[Bureau, Depends(_bureau)]


@router.put("/{number}/plan", summary="Plan a change", response_model=RecordView, responses=REFUSALS)
def plan(number: Number, body: NewPlan, bureau: TheBureau, actor: Operator) -> Any:
    """Give a change its plan, with its CIs by name, and link it to them."""
    return view(bureau.desk, plan_change(bureau, body.by(actor), number, body.plan))


@router.post("/{number}/assess", summary="Assess a change", response_model=RecordView, responses=REFUSALS)
def assess_(number: Number, body: Note, bureau: TheBureau, actor: Operator) -> Any:
    """Work out what it does, its risk and who must approve; that is kept with the change."""
    return view(bureau.desk, assess(bureau, body.by(actor), number))


@router.get(
    "/{number}/assessment", summary="Get an assessment", response_model=Assessed, responses=problems(404, 409)
)
def assessment(number: Number, bureau: TheBureau) -> Any:
    """The assessment that a change carries, compared with what would be found now."""
    record = bureau.change(number)
    return Assessed(assessment=assessment_of(record), outdated=outdated(bureau, record))


@router.post("/{number}/submit", summary="Ask for approval", response_model=RecordView, responses=REFUSALS)
def submit_(number: Number, body: Note, desk: TheDesk, actor: Operator) -> Any:
    """Take it to approval; what its template covers is approved at once."""
    return view(desk, submit(desk, body.by(actor), number.upper()))


@router.post(
    "/{number}/decisions", summary="Approve or reject a change", response_model=RecordView, responses=REFUSALS
)
def decide(number: Number, body: NewDecision, bureau: TheBureau, actor: Operator) -> Any:
    """Decide on it as it is now, for the teams that one is in or has been delegated to by a member."""
    return view(bureau.desk, decide_on(bureau, body.by(actor), number, body.verdict, body.conditions))


@router.post("/{number}/start", summary="Start a change", response_model=RecordView, responses=REFUSALS)
def start(number: Number, body: Note, bureau: TheBureau, actor: Operator) -> Any:
    """Begin the work. Where the assessment no longer holds, only with a note that says why."""
    return view(bureau.desk, start_change(bureau, body.by(actor), number))


@router.get("/{number}/verification", summary="Verify the log of a change", responses=problems(404))
def verification(number: Number, desk: TheDesk) -> Verification:
    """Whether the log is as it was written, and the change says what its log does."""
    return verify(desk.database, number)


@router.get(
    "/{number}/collisions", summary="List collisions", response_model=Collisions, responses=problems(404, 409)
)
def collisions(number: Number, bureau: TheBureau) -> Any:
    """Every change that it collides with, and what they harm only together."""
    return collisions_of(bureau, bureau.change(number))


@router.get(
    "/{number}/windows",
    summary="Suggest windows",
    response_model=list[Stretch],
    responses=problems(404, 409),
)
def windows(
    number: Number,
    bureau: TheBureau,
    begin: Begin = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 5,
) -> Any:
    """When it could be done: no freeze, no collision, room for the back-out."""
    return windows_for(bureau, bureau.change(number), begin, limit)


@router.get("/{number}/brief", summary="Get the brief", response_model=Brief, responses=problems(404, 409))
def brief_(number: Number, bureau: TheBureau) -> Any:
    """All that the board should know."""
    return brief(bureau, number)


@router.get(
    "/{number}/brief.{form}",
    summary="Get the brief as a page",
    response_class=Response,
    responses=problems(404, 409),
)
def page(number: Number, form: Literal["md", "html"], bureau: TheBureau) -> Response:
    """The same as one printable page: Markdown, or HTML set for A4."""
    told = brief(bureau, number)
    if form == "html":
        return Response(html(told), media_type="text/html")
    return Response(markdown(told), media_type="text/markdown")


@router.get(
    "/{number}/outcome",
    summary="Foretold and actual",
    response_model=Comparison,
    responses=problems(404, 409),
)
def outcome(number: Number, bureau: TheBureau) -> Any:
    """What was foretold, against the outages and incidents around the change."""
    return compare(bureau, number)
