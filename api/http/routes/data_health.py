"""How good the data are: figures, the list behind each, verification, and audits of baselines."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from api.http.answers import problems
from api.http.dependencies import TheStore, Writer
from api.http.models import CI
from api.http.paging import Cursor, Limit, opaque, read_cursor
from api.http.versions import Expected, version_headers
from cmdb.health import (
    USUAL,
    Audit,
    Dimension,
    Findings,
    Health,
    Selection,
    Terms,
    audit,
    findings,
    health,
    verify,
)
from cmdb.store import Page, Target, get_ci

router = APIRouter()

Word = Annotated[str | None, Query(max_length=200)]
Days = Annotated[float, Query(ge=0, le=100_000)]


def _selection(
    class_: Annotated[Word, Query(alias="class", description="Class; includes all that refine it.")] = None,
    owner: Annotated[Word, Query(description="Only CIs that this team answers for.")] = None,
    source: Annotated[
        Word, Query(description="Only CIs that this source describes; in an audit, what it has seen.")
    ] = None,
) -> Selection:
    """Which CIs are looked at."""
    return Selection(class_, owner, source)


def _terms(
    contradicted_days: Annotated[
        Days, Query(description="Manual values contradicted for so long are listed.")
    ] = USUAL.contradicted_days,
    verified_days: Annotated[
        Days, Query(description="CIs verified longer ago are due.")
    ] = USUAL.verified_days,
) -> Terms:
    """What is long."""
    return Terms(contradicted_days, verified_days)


TheSelection = Annotated[Selection, Depends(_selection)]
TheTerms = Annotated[Terms, Depends(_terms)]


@router.get(
    "/data-health",
    tags=["Data health"],
    summary="How good the data are",
    response_model=Health,
    responses=problems(400),
)
def health_(
    store: TheStore,
    selection: TheSelection,
    terms: TheTerms,
    by: Annotated[Dimension | None, Query(description="Figures by class, owner or source, too.")] = None,
) -> Any:
    """How many CIs each check finds something about; every figure has its list under its check."""
    return health(store, by, selection, terms)


@router.get(
    "/data-health/{check}",
    tags=["Data health"],
    summary="The list behind a figure",
    response_model=Findings,
    responses=problems(400, 404),
)
def findings_(
    check: str,
    store: TheStore,
    selection: TheSelection,
    terms: TheTerms,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Findings:
    """The CIs that one check finds something about, by name and id, and what it found."""
    found = findings(store, check, selection, Page(limit, read_cursor(cursor)), terms)
    return found.model_copy(update={"next": opaque(found.next)})


@router.get(
    "/baselines/{name}/audit",
    tags=["Data health"],
    summary="Audit a baseline",
    response_model=Audit,
    responses=problems(400, 404),
)
def audit_(
    name: str, store: TheStore, selection: TheSelection, limit: Limit = 50, cursor: Cursor = None
) -> Audit:
    """What discovery has seen since that differs from it, and which revision made the difference."""
    found = audit(store, name, selection, Page(limit, read_cursor(cursor)))
    return found.model_copy(update={"next": opaque(found.next)})


@router.post(
    "/cis/{ci}/verify",
    tags=["Data health"],
    summary="Verify a CI",
    response_model=CI,
    responses=problems(404, 409, 412),
)
def verify_(ci: str, store: TheStore, author: Writer, expected: Expected, response: Response) -> Any:
    """Attest that what it says is true: sets `verified_at` to now."""
    revision = verify(store, author, [Target(ci, expected)])
    verified = get_ci(store.database, ci)
    response.headers.update(version_headers(verified, revision))
    return verified
