"""What ends, and what can go."""

from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.http.answers import problems
from api.http.dependencies import TheEngine, TheStore
from api.practices.decommission import Decommission, decommission
from api.practices.expiries import Expiry, expiries

router = APIRouter(tags=["CIs"])


@router.get("/expiries", summary="What ends soon", response_model=list[Expiry])
def expiries_(
    store: TheStore,
    engine: TheEngine,
    days: Annotated[int, Query(ge=0, le=36500, description="How many days ahead.")] = 90,
) -> Any:
    """Certificates, support and contracts that end soon or are over, each with what would suffer."""
    return expiries(store, engine, timedelta(days=days))


@router.get(
    "/cis/{ci}/decommission",
    summary="Whether a CI can go",
    response_model=Decommission,
    responses=problems(404, 409),
)
def decommission_(ci: str, store: TheStore, engine: TheEngine) -> Any:
    """Who depends on it, what is open about it, what ends."""
    return decommission(store, engine, ci)
