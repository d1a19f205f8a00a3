"""What services have no second of. Nothing is written."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.http.answers import WITH_BODY, problems
from api.http.dependencies import TheEngine, TheStore
from api.http.models.single_points import CutSetsQuestion, ExposureQuestion, SinglePointsQuestion
from api.http.paging import Cursor
from api.scenarios import Question
from cmdb.store import find_ci
from impact import AllSinglePoints, CutSets, Exposures, SinglePoints

router = APIRouter(tags=["Impact"], responses=problems(404, 409, *WITH_BODY))


@router.post("/single-points", summary="What a service has no second of")
def single_points(body: SinglePointsQuestion, store: TheStore, engine: TheEngine) -> SinglePoints:
    """Each CI without which the service is down, why, and what else hangs on it; accepted ones apart."""
    return engine.single_points(find_ci(store.database, body.ci), body.scenario(store), body.most)


@router.post("/single-points/all", summary="What all services have no second of")
def all_single_points(
    body: Question,
    store: TheStore,
    engine: TheEngine,
    limit: Annotated[int, Query(ge=1, le=1000, description="Most single points of a page.")] = 100,
    cursor: Cursor = None,
) -> AllSinglePoints:
    """The CIs that take services down alone, by what these services count; and services by their points."""
    return engine.all_single_points(body.scenario(store), limit, cursor)


@router.post("/exposures", summary="What must not fail during a change")
def exposures(body: ExposureQuestion, store: TheStore, engine: TheEngine) -> Exposures:
    """The services with single points of failure that they have only while the scenario lasts."""
    return engine.exposures(body.scenario(store), body.most)


@router.post("/cut-sets", summary="What takes a service down together")
def cut_sets(body: CutSetsQuestion, store: TheStore, engine: TheEngine) -> CutSets:
    """Minimal sets of up to three CIs, within limits; says for each size whether these are all."""
    service = find_ci(store.database, body.ci)
    return engine.cut_sets(service, body.scenario(store), body.largest, body.most, body.seconds)
