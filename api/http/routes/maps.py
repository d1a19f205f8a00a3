"""How CIs hang together. Nothing is written."""

from typing import Any

from fastapi import APIRouter

from api.http.answers import WITH_BODY, problems
from api.http.dependencies import TheEngine, TheStore
from api.http.drawing import DRAWN, Format, drawing
from api.http.models.maps import CommonQuestion, DependentsQuestion, MapQuestion, PathQuestion
from cmdb.store import find_ci
from impact import CommonProviders, Dependents, Paths, ServiceMap
from impact.pictures.walks import common_picture, dependents_picture, map_picture, paths_picture

router = APIRouter(tags=["Impact"], responses=problems(404, 409, *WITH_BODY))


@router.post("/map", summary="What a service stands on", response_model=ServiceMap, responses=DRAWN)
def service_map(body: MapQuestion, store: TheStore, engine: TheEngine, form: Format = "json") -> Any:
    """Layer by layer, with redundancy groups and the state of each CI; whole layers are left out."""
    answer = engine.service_map(find_ci(store.database, body.ci), body.limits, body.scenario(store))
    return answer if form == "json" else drawing(map_picture(answer), form)


@router.post("/dependents", summary="Who depends on a CI", response_model=Dependents, responses=DRAWN)
def dependents(body: DependentsQuestion, store: TheStore, engine: TheEngine, form: Format = "json") -> Any:
    """The services, for whom they are, and what becomes of them if the CI fails alone."""
    answer = engine.dependents(find_ci(store.database, body.ci), body.limits, body.as_of)
    return answer if form == "json" else drawing(dependents_picture(answer), form)


@router.post("/path", summary="How a CI depends on another", response_model=Paths, responses=DRAWN)
def path(body: PathQuestion, store: TheStore, engine: TheEngine, form: Format = "json") -> Any:
    """The shortest path, and several that share no CI on the way; or that there is none."""
    dependent, provider = (find_ci(store.database, name) for name in (body.dependent, body.provider))
    answer = engine.paths(dependent, provider, body.most, body.as_of)
    return answer if form == "json" else drawing(paths_picture(answer), form)


@router.post("/common", summary="What several CIs share", response_model=CommonProviders, responses=DRAWN)
def common(body: CommonQuestion, store: TheStore, engine: TheEngine, form: Format = "json") -> Any:
    """Providers that all of them depend on, or some; the nearest and most specific first."""
    cis = [find_ci(store.database, name) for name in body.cis]
    answer = engine.common_providers(cis, body.at_least, body.most, body.as_of)
    return answer if form == "json" else drawing(common_picture(answer), form)
