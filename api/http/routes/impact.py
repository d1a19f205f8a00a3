"""What follows from failures."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.http.answers import WITH_BODY, problems
from api.http.dependencies import TheEngine, TheStore
from api.http.paging import Cursor
from api.http.selecting import TheSelection
from api.scenarios import Question, WhyQuestion
from cmdb.store import find_ci
from impact import Explanation, Impact

router = APIRouter(tags=["Impact"], responses=problems(404, 409, *WITH_BODY))


@router.post("/impact", summary="What fails")
def impact(
    body: Question,
    store: TheStore,
    engine: TheEngine,
    selection: TheSelection,
    limit: Annotated[int, Query(ge=1, le=10_000, description="Most items of a page.")] = 100,
    cursor: Cursor = None,
) -> Impact:
    """What goes down, degrades or loses redundancy, why, and whom to tell; the worst first.

    A cursor belongs to its question, and keeps to the revision of the first page. Nothing is written.
    """
    return engine.impact(body.scenario(store), limit, cursor, selection)


@router.post("/why", summary="Why a CI fails, or what saves it")
def why(body: WhyQuestion, store: TheStore, engine: TheEngine) -> Explanation:
    """The path from a cause, or the group that has enough members left. Nothing is written."""
    return engine.why(find_ci(store.database, body.ci), body.scenario(store))
