"""Single points of failure that somebody answers for."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from api.http.answers import WITH_BODY, problems
from api.http.dependencies import RiskTaker, TheStore
from api.http.models.single_points import RiskAcceptance
from api.http.versions import revision_header
from cmdb.acceptance import Acceptance, accept, acceptances, withdraw

router = APIRouter(prefix="/risk-acceptances", tags=["Impact"])


@router.get("", summary="List accepted risks", response_model=list[RiskAcceptance])
def list_(store: TheStore) -> Any:
    """All of them, also those whose time is over."""
    return acceptances(store.database)


@router.put("", summary="Accept a risk", response_model=RiskAcceptance, responses=problems(404, *WITH_BODY))
def accept_(body: RiskAcceptance, store: TheStore, author: RiskTaker, response: Response) -> Any:
    """Say who answers for it that a service, or any, is down without a CI; replaces what was said before."""
    risk = Acceptance(**body.model_dump())
    response.headers.update(revision_header(accept(store.database, author, risk)))
    return risk


@router.delete("", summary="Withdraw an acceptance", status_code=204, responses=problems(404))
def withdraw_(
    store: TheStore,
    author: RiskTaker,
    response: Response,
    ci: Annotated[str, Query(max_length=100, description="The id of the CI.")],
    service: Annotated[
        str | None, Query(max_length=100, description="The id of the service; unset: all of them.")
    ] = None,
) -> None:
    """Accept it no longer."""
    response.headers.update(revision_header(withdraw(store.database, author, ci, service)))
