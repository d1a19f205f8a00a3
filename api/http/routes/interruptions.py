"""For how long services are away."""

from fastapi import APIRouter

from api.http.answers import WITH_BODY, problems
from api.http.dependencies import TheEngine, TheStore
from api.scenarios import Question
from impact import Interruptions

router = APIRouter(tags=["Impact"], responses=problems(404, 409, *WITH_BODY))


@router.post("/interrupted", summary="For how long services are away")
def interrupted(body: Question, store: TheStore, engine: TheEngine) -> Interruptions:
    """The services that are down or interrupted, the longest first, and the wait or failover that decides.

    Give `durations` with the CIs that fail. Nothing is written.
    """
    return engine.interruptions(body.scenario(store))
