"""Duplicate cases: list, decide."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from api.duplicates import DuplicateCase, told
from api.http.answers import WITH_BODY, problems
from api.http.dependencies import Identifier, TheStore
from api.http.idempotency import Made, Once
from api.http.models import CI, Page
from api.http.models.sources import Apart, Together
from api.http.paging import Cursor, Limit, part
from api.http.versions import revision_header, version_headers
from cmdb.identity import open_cases
from cmdb.store import Target, find_case, get_ci, keep_case_apart, merge_case

router = APIRouter(prefix="/duplicates", tags=["CIs"])


@router.get(
    "", summary="List duplicate cases", response_model=Page[DuplicateCase], responses=problems(400, 404)
)
def list_(
    store: TheStore,
    case: Annotated[str | None, Query(description="Only the case of this name.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """Records of which it is a question whether they are one thing."""
    found = [find_case(store, case)] if case else open_cases(store.database, store.catalogue)
    items, following = part(found, cursor, limit)
    return {"items": told(store, items), "next": following}


@router.post(
    "/merge", summary="Merge a duplicate case", response_model=CI, responses=problems(404, 409, *WITH_BODY)
)
def merge_(body: Together, store: TheStore, author: Identifier, once: Once) -> Response:
    """Decide that it is one thing, and answer the CI that is kept. Undo takes it back."""

    def carry_out() -> Made:
        id_, revision = merge_case(store, author, body.case, Target(body.into) if body.into else None)
        kept = get_ci(store.database, id_)
        return Made(CI.model_validate(kept), 200, version_headers(kept, revision))

    return once(body, carry_out)


@router.post(
    "/apart",
    summary="Keep a duplicate case apart",
    status_code=204,
    responses=problems(404, 409, *WITH_BODY),
)
def apart(body: Apart, store: TheStore, author: Identifier, response: Response) -> None:
    """Decide that its CIs are different things, whatever they share."""
    response.headers.update(revision_header(keep_case_apart(store, author, body.case)))
