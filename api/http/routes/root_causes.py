"""What broke it."""

from fastapi import APIRouter

from api.http.answers import WITH_BODY, problems
from api.http.dependencies import TheEngine, TheStore
from api.practices.root_causes import RootCauseQuestion, root_causes
from impact import RootCauses

router = APIRouter(tags=["Impact"], responses=problems(404, 409, *WITH_BODY))


@router.post("/root-cause", summary="What broke it")
def root_cause(body: RootCauseQuestion, store: TheStore, engine: TheEngine) -> RootCauses:
    """Single causes, small sets, or nothing in the CMDB, each with what speaks for and against it.

    What is named neither as alarming nor as healthy is not monitored. Recent changes make CIs suspect.
    Nothing is written.
    """
    return root_causes(store, engine, body)
