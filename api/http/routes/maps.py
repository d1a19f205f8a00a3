"""How CIs hang together. Nothing is written."""

from fastapi import APIRouter

from api.http.answers import WITH_BODY, problems
from api.http.dependencies import TheEngine, TheStore
from api.http.models.maps import CommonQuestion, DependentsQuestion, MapQuestion, PathQuestion
from cmdb.store import find_ci
from impact import CommonProviders, Dependents, Paths, ServiceMap

router = APIRouter(tags=["Impact"], responses=problems(404, 409, *WITH_BODY))


@router.post("/map", summary="What a service stands on")
def service_map(body: MapQuestion, store: TheStore, engine: TheEngine) -> ServiceMap:
    """Layer by layer, with redundancy groups and the state of each CI; whole layers are left out."""
    return engine.service_map(find_ci(store.database, body.ci), body.limits, body.scenario(store))


@router.post("/dependents", summary="Who depends on a CI")
def dependents(body: DependentsQuestion, store: TheStore, engine: TheEngine) -> Dependents:
    """The services, for whom they are, and what becomes of them if the CI fails alone."""
    return engine.dependents(find_ci(store.database, body.ci), body.limits, body.as_of)


@router.post("/path", summary="How a CI depends on another")
def path(body: PathQuestion, store: TheStore, engine: TheEngine) -> Paths:
    """The shortest path, and several that share no CI on the way; or that there is none."""
    dependent, provider = (find_ci(store.database, name) for name in (body.dependent, body.provider))
    return engine.paths(dependent, provider, body.most, body.as_of)


@router.post("/common", summary="What several CIs share")
def common(body: CommonQuestion, store: TheStore, engine: TheEngine) -> CommonProviders:
    """Providers that all of them depend on, or some; the nearest and most specific first."""
    cis = [find_ci(store.database, name) for name in body.cis]
    return engine.common_providers(cis, body.at_least, body.most, body.as_of)
