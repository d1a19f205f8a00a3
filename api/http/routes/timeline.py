"""The history of a CI."""

from typing import Any

from fastapi import APIRouter

from api.http.answers import problems
from api.http.dependencies import TheStore
from api.http.models import Entry, Page
from api.http.paging import Cursor, Limit, bad_cursor, opaque, read_cursor
from cmdb.history import timeline
from cmdb.store import get_ci

router = APIRouter(prefix="/cis/{ci}/history", tags=["History"])


@router.get("", summary="History of a CI", response_model=Page[Entry], responses=problems(400, 404))
def list_(ci: str, store: TheStore, limit: Limit = 50, cursor: Cursor = None) -> dict[str, Any]:
    """Every revision that touched it or its relationships, newest first."""
    get_ci(store.database, ci)
    before = read_cursor(cursor)
    if before is not None and not before.isdecimal():
        raise bad_cursor()
    found = [
        entry for entry in timeline(store.database, ci) if before is None or entry.revision.seq < int(before)
    ]
    items = found[:limit]
    more = len(found) > limit
    return {"items": items, "next": opaque(str(items[-1].revision.seq)) if more else None}
