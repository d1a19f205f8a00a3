"""CIs: what each source says of one; merging and splitting them."""

from typing import Any

from fastapi import APIRouter, Response

from api.http.answers import WITH_BODY, problems
from api.http.dependencies import Identifier, TheStore
from api.http.idempotency import Made, Once
from api.http.models import CI, Page
from api.http.models.sources import Merge, SourceView, Split
from api.http.paging import Cursor, Limit, part
from api.http.versions import Expected, version_headers
from cmdb.store import Target, find_ci, get_ci, merge, record_keys, sources, split

router = APIRouter(prefix="/cis/{ci}", tags=["CIs"])


@router.get(
    "/sources",
    summary="What sources say of a CI",
    response_model=Page[SourceView],
    responses=problems(400, 404),
)
def sources_(ci: str, store: TheStore, limit: Limit = 50, cursor: Cursor = None) -> dict[str, Any]:
    """Every record that describes it, with the values that it follows and those that it does not."""
    items, following = part(sources(store, ci), cursor, limit)
    return {"items": items, "next": following}


@router.post("/merge", summary="Merge CIs", response_model=CI, responses=problems(404, 409, 412, *WITH_BODY))
def merge_(
    ci: str, body: Merge, store: TheStore, author: Identifier, expected: Expected, once: Once
) -> Response:
    """Let the CI be what the others were, too; their ids become names for it. Undo takes it back."""

    def carry_out() -> Made:
        others = [Target(find_ci(store.database, other)) for other in body.others]
        revision = merge(store, author, Target(ci, expected), others)
        kept = get_ci(store.database, ci)
        return Made(CI.model_validate(kept), 200, version_headers(kept, revision))

    return once(body, carry_out)


@router.post(
    "/split",
    summary="Split a CI",
    status_code=201,
    response_model=CI,
    responses=problems(404, 409, 412, *WITH_BODY),
)
def split_(
    ci: str, body: Split, store: TheStore, author: Identifier, expected: Expected, once: Once
) -> Response:
    """Let some of its records describe another CI, the one they came from or a new one, and answer it."""

    def carry_out() -> Made:
        keys = record_keys(sources(store, ci), body.records)
        id_, revision = split(store, author, Target(ci, expected), keys)
        other = get_ci(store.database, id_)
        headers = version_headers(other, revision) | {"Location": f"/api/v1/cis/{id_}"}
        return Made(CI.model_validate(other), headers=headers)

    return once(body, carry_out)
