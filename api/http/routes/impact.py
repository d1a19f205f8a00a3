"""What follows from failures."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import StreamingResponse

from api.http.answers import WITH_BODY, problems
from api.http.dependencies import TheEngine, TheStore
from api.http.drawing import DRAWN, Format
from api.http.paging import Cursor
from api.http.selecting import TheSelection
from api.scenarios import Question, WhyQuestion
from cmdb.store import find_ci
from impact import Explanation, Impact
from impact.drawing import FORMATS
from impact.pictures import export_impact

router = APIRouter(tags=["Impact"], responses=problems(404, 409, *WITH_BODY))


@router.post("/impact", summary="What fails", response_model=Impact, responses=DRAWN)
def impact(
    body: Question,
    store: TheStore,
    engine: TheEngine,
    selection: TheSelection,
    limit: Annotated[int, Query(ge=1, le=10_000, description="Most items of a page.")] = 100,
    cursor: Cursor = None,
    form: Format = "json",
) -> Impact | Response:
    """What goes down, degrades or loses redundancy, why, and whom to tell; the worst first.

    A cursor belongs to its question, and keeps to the revision of the first page. Only JSON comes in pages:
    `csv` and `arrow` list all that the filter lets through, one CI a row. Nothing is written.
    """
    scenario = body.scenario(store)
    if form == "json":
        return engine.impact(scenario, limit, cursor, selection)
    parts = export_impact(engine.report(scenario), form, selection)
    return StreamingResponse(parts, media_type=FORMATS[form].media_type)


@router.post("/why", summary="Why a CI fails, or what saves it")
def why(body: WhyQuestion, store: TheStore, engine: TheEngine) -> Explanation:
    """The path from a cause, or the group that has enough members left. Nothing is written."""
    return engine.why(find_ci(store.database, body.ci), body.scenario(store))
