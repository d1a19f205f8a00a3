"""Revisions: the change feed, what each did, undo, and what differs between moments."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response

from api.http.answers import problems
from api.http.dependencies import TheStore, Undoer
from api.http.idempotency import Made, Once
from api.http.models import Differences, Feed, RevisionDetails, Undone
from api.http.moments import AsOf, Moment, revision_at
from api.http.paging import Cursor, Limit, part
from cmdb.errors import InvalidInput
from cmdb.history import difference, events, moment, revisions
from cmdb.store import undo

router = APIRouter(tags=["History"])

Seq = Annotated[int, Path(ge=1, lt=2**63, description="Number of a revision.")]


@router.get("/revisions", summary="Change feed", response_model=Feed)
def list_(
    store: TheStore,
    after: Annotated[int, Query(ge=0, lt=2**63, description="Number of the last revision you know.")] = 0,
    limit: Limit = 100,
) -> dict[str, Any]:
    """The revisions after one, oldest first: ask again with `next` as `after`, for ever."""
    found = revisions(store.database, after, limit)
    return {"items": found, "next": found[-1].seq if found else after}


@router.get(
    "/revisions/{seq}", summary="One revision", response_model=RevisionDetails, responses=problems(404)
)
def get(seq: Seq, store: TheStore) -> dict[str, Any]:
    """A revision and all that it did. To replay an event means to read its subject as it is now."""
    return {"revision": moment(store.database, str(seq)), "events": events(store.database, seq)}


@router.post(
    "/revisions/{seq}/undo", summary="Undo a revision", response_model=Undone, responses=problems(404, 409)
)
def undo_(seq: Seq, store: TheStore, author: Undoer, once: Once) -> Response:
    """Take back what it said, by a new revision, as far as nobody has built on it since."""

    def carry_out() -> Made:
        return Made(Undone.model_validate(undo(store, author, seq), from_attributes=True), status=200)

    return once(None, carry_out)


@router.get(
    "/difference",
    summary="What differs between two moments",
    response_model=Differences,
    responses=problems(400, 404),
)
def difference_(
    store: TheStore,
    earlier: Moment,
    later: AsOf = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """CIs and relationships that differ. Name the later moment too, to page through one answer."""
    first = moment(store.database, earlier)
    second = revision_at(store.database, later)
    if first.seq > second.seq:
        raise InvalidInput(f"Revision {first.seq} is later than {second.seq}; swap `earlier` and `later`.")
    found = difference(store.database, first.seq, second.seq)
    items, following = part(found, cursor, limit)
    return {"earlier": first, "later": second, "differences": items, "next": following}
