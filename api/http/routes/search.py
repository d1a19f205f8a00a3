"""Full-text search."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.http.answers import problems
from api.http.dependencies import TheStore
from api.http.models import CI, Page
from api.http.paging import Cursor, Limit, opaque, read_cursor
from cmdb.store import Page as Part
from cmdb.store import search

router = APIRouter(prefix="/search", tags=["CIs"])


@router.get("", summary="Search CIs", response_model=Page[CI], responses=problems(400))
def search_(
    store: TheStore,
    q: Annotated[
        str, Query(max_length=200, description="Words, or how they begin; one letter may be wrong.")
    ],
    limit: Limit = 50,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """CIs with such words in name, description, address or number; current ones first, best first."""
    found = search(store.database, q, Part(limit, read_cursor(cursor)))
    return {"items": found.items, "next": opaque(found.next)}
