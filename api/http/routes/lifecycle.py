"""CIs: retire, restore, purge."""

from collections.abc import Callable, Sequence
from typing import Any

from fastapi import APIRouter, Response

from api.http.answers import problems
from api.http.dependencies import Purger, Retirer, TheStore
from api.http.models import CI
from api.http.versions import Expected, revision_header, version_headers
from cmdb.history import Author, Revision
from cmdb.store import Store, Target, get_ci, purge, restore, retire

router = APIRouter(prefix="/cis/{ci}", tags=["CIs"])

Move = Callable[[Store, Author, Sequence[Target]], Revision | None]


@router.post("/retire", summary="Retire a CI", response_model=CI, responses=problems(404, 409, 412))
def retire_(ci: str, store: TheStore, author: Retirer, expected: Expected, response: Response) -> Any:
    """Take it out of the current graph; id, history and links stay. Again: nothing changes."""
    return _move(retire, store, author, Target(ci, expected), response)


@router.post("/restore", summary="Restore a CI", response_model=CI, responses=problems(404, 409, 412))
def restore_(ci: str, store: TheStore, author: Retirer, expected: Expected, response: Response) -> Any:
    """Bring a retired CI back, with those relationships whose other end is current."""
    return _move(restore, store, author, Target(ci, expected), response)


@router.delete("", summary="Purge a CI", status_code=204, responses=problems(404, 409, 412))
def purge_(ci: str, store: TheStore, author: Purger, expected: Expected, response: Response) -> None:
    """Erase a retired CI with its records and history. This cannot be undone."""
    revision = purge(store, author, [Target(ci, expected)])
    response.headers.update(revision_header(revision))


def _move(move: Move, store: Store, author: Author, target: Target, response: Response) -> Any:
    revision = move(store, author, [target])
    moved = get_ci(store.database, target.id)
    response.headers.update(version_headers(moved, revision))
    return moved
