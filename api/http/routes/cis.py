"""CIs: list, read, create, change."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from api.http.answers import WITH_BODY, problems
from api.http.dependencies import TheStore, Writer
from api.http.idempotency import Made, Once
from api.http.models import CI, Changes, CreatedCIs, NewCI, NewCIs, Page
from api.http.moments import AsOf
from api.http.paging import Cursor, Limit, opaque, read_cursor
from api.http.versions import Expected, etag, revision_header, version_headers
from cmdb.errors import InvalidInput
from cmdb.history import moment
from cmdb.store import Filter, Target, create_cis, get_ci, get_ci_at, list_cis, update_cis
from cmdb.store import Page as Part

router = APIRouter(prefix="/cis", tags=["CIs"])


@router.get("", summary="List CIs", response_model=Page[CI], responses=problems(400))
def list_(
    store: TheStore,
    class_: Annotated[
        str | None, Query(alias="class", description="Class; includes all that refine it.")
    ] = None,
    status: Annotated[str | None, Query(description="Only those with this status.")] = None,
    environment: Annotated[str | None, Query(description="Only those of this environment.")] = None,
    owner: Annotated[str | None, Query(description="Only those that this team answers for.")] = None,
    retired: Annotated[bool, Query(description="Only retired ones, instead of current ones.")] = False,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """CIs in order of name and id."""
    label = store.catalogue.ci_class(class_).label if class_ else None
    wanted = Filter(label, status, environment, owner, retired)
    found = list_cis(store.database, wanted, Part(limit, read_cursor(cursor)))
    return {"items": found.items, "next": opaque(found.next)}


@router.get("/{ci}", summary="Get a CI", response_model=CI, responses=problems(404))
def get(ci: str, store: TheStore, response: Response, as_of: AsOf = None) -> Any:
    """One CI, current or retired, with its version as `ETag`; or as it was."""
    if as_of is not None:
        return get_ci_at(store.database, ci, moment(store.database, as_of).seq)
    found = get_ci(store.database, ci)
    response.headers["ETag"] = etag(found)
    return found


@router.post(
    "", summary="Create a CI", status_code=201, response_model=CI, responses=problems(409, *WITH_BODY)
)
def create(body: NewCI, store: TheStore, author: Writer, once: Once) -> Response:
    """A CI with an id of its own. What identifies it, such as its serial number, must be new."""

    def carry_out() -> Made:
        (id_,), revision = create_cis(store, author, [_attributes(body)])
        ci = get_ci(store.database, id_)
        headers = version_headers(ci, revision) | {"Location": f"/api/v1/cis/{id_}"}
        return Made(CI.model_validate(ci), headers=headers)

    return once(body, carry_out)


@router.post(
    "/batch",
    summary="Create many CIs",
    status_code=201,
    response_model=CreatedCIs,
    responses=problems(409, *WITH_BODY),
)
def create_batch(body: NewCIs, store: TheStore, author: Writer, once: Once) -> Response:
    """Up to 1000 CIs in one revision: all of them, or none. An error tells of every problem at once."""

    def carry_out() -> Made:
        ids, revision = create_cis(store, author, [_attributes(one) for one in body.cis])
        assert revision is not None
        return Made(CreatedCIs(ids=ids, revision=revision.seq), headers=revision_header(revision))

    return once(body, carry_out)


@router.patch(
    "/{ci}", summary="Change a CI", response_model=CI, responses=problems(404, 409, 412, *WITH_BODY)
)
def change(
    ci: str,
    body: Changes,
    store: TheStore,
    author: Writer,
    expected: Expected,
    response: Response,
) -> Any:
    """Set the attributes that are named, and leave the others alone."""
    _refuse_retired(body.root)
    revision = update_cis(store, author, [(Target(ci, expected), body.root)])
    changed = get_ci(store.database, ci)
    response.headers.update(version_headers(changed, revision))
    return changed


def _attributes(body: NewCI) -> dict[str, Any]:
    attributes = body.model_dump(by_alias=True)
    _refuse_retired(attributes)
    return attributes


def _refuse_retired(attributes: dict[str, Any]) -> None:
    """Retiring takes another role than writing."""
    if str(attributes.get("status")).strip().lower() == "retired":
        raise InvalidInput("To retire a CI, POST to its /retire.")
