"""What differs between two scenarios, and what matters most."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.http.answers import WITH_BODY, problems
from api.http.dependencies import TheEngine, TheStore
from api.http.models.comparison import Pair
from api.http.paging import Cursor
from impact import Comparison, Critical

router = APIRouter(tags=["Impact"])

Limit = Annotated[int, Query(ge=1, le=10_000, description="Most items of a page.")]


@router.post("/compare", summary="Compare two scenarios", responses=problems(404, 409, *WITH_BODY))
def compare(
    body: Pair, store: TheStore, engine: TheEngine, limit: Limit = 100, cursor: Cursor = None
) -> Comparison:
    """What fares better or worse in the second, with its reasons in both; services first.

    A cursor keeps to the revisions of the first page. Nothing is written.
    """
    return engine.compare(body.before.scenario(store), body.after.scenario(store), limit, cursor)


@router.get("/critical", summary="What matters most", responses=problems(400, 404))
def critical(
    engine: TheEngine,
    class_: Annotated[
        list[Annotated[str, Query(max_length=200)]],
        Query(
            default_factory=list,
            alias="class",
            max_length=50,
            description="Classes, with those that refine them; none: all.",
        ),
    ],
    limit: Annotated[int, Query(ge=1, le=1_000, description="Most items of a page.")] = 100,
    cursor: Cursor = None,
    as_of: Annotated[
        str | None,
        Query(max_length=200, description="A revision's number, a time or a baseline's name; none: now."),
    ] = None,
) -> Critical:
    """CIs by the services that fall when each fails alone, weighted by their criticality."""
    return engine.critical(frozenset(class_), limit, cursor, as_of)
