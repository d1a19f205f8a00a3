"""Baselines: named moments, and what has drifted from them."""

from typing import Any

from fastapi import APIRouter, Depends, Response

from api.http.answers import WITH_BODY, problems
from api.http.dependencies import By, TheStore
from api.http.idempotency import Made, Once
from api.http.models import Baseline, Differences, NewBaseline
from api.http.paging import Cursor, Limit
from api.http.routes.revisions import difference_
from cmdb.access import Action
from cmdb.errors import NotFound
from cmdb.history import baselines, moment, set_baseline

router = APIRouter(prefix="/baselines", tags=["History"])


@router.get("", summary="List baselines", response_model=list[Baseline])
def list_(store: TheStore) -> Any:
    """All baselines, oldest first."""
    return baselines(store.database)


@router.post(
    "",
    summary="Set a baseline",
    status_code=201,
    response_model=Baseline,
    dependencies=[Depends(By(Action.BASELINE))],
    responses=problems(404, 409, *WITH_BODY),
)
def set_(body: NewBaseline, store: TheStore, once: Once) -> Response:
    """Name the graph as it is, or as it was; a name is given once."""

    def carry_out() -> Made:
        seq = moment(store.database, body.as_of).seq if body.as_of is not None else None
        made = set_baseline(store.database, body.name, body.note, seq)
        return Made(Baseline.model_validate(made, from_attributes=True))

    return once(body, carry_out)


@router.get(
    "/{name}/drift",
    summary="Drift from a baseline",
    response_model=Differences,
    responses=problems(400, 404),
)
def drift(name: str, store: TheStore, limit: Limit = 100, cursor: Cursor = None) -> dict[str, Any]:
    """What differs now from the graph that the baseline names."""
    if all(baseline.name != name for baseline in baselines(store.database)):
        raise NotFound(f"There is no baseline {name!r}.")
    return difference_(store, name, None, limit, cursor)
