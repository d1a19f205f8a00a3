"""Imports: what ran, and taking one back."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Response

from api.http.answers import WITH_BODY, problems
from api.http.dependencies import Importer, TheStore, Undoer
from api.http.idempotency import Made, Once
from api.http.models import Page
from api.http.models.imports import Report, Run, RunDetails, UndoneRun
from api.http.paging import Cursor, Limit, part
from cmdb.runs import RETIRE_AT_MOST, run_of, runs
from cmdb.store import undo_run
from importers import import_csv

router = APIRouter(prefix="/imports", tags=["Imports"])


Label = Annotated[str, Query(max_length=100, pattern=r"^[\w .-]*$")]


@router.get("", summary="List imports", response_model=Page[Run], responses=problems(400))
def list_(store: TheStore, limit: Limit = 50, cursor: Cursor = None) -> dict[str, Any]:
    """All imports, newest first."""
    items, following = part(runs(store.database), cursor, limit)
    return {"items": items, "next": following}


@router.get("/{run}", summary="Get an import", response_model=RunDetails, responses=problems(404))
def get(run: str, store: TheStore) -> Any:
    """One import, and what did not fit."""
    return run_of(store.database, run)


@router.post("", summary="Import a table", response_model=Report, responses=problems(*WITH_BODY))
def import_(
    store: TheStore,
    author: Importer,
    table: Annotated[
        bytes,
        Body(
            media_type="text/csv",
            description="CIs, relationships or teams in the plain exchange format; the header says which.",
            examples=["native_id,class,name\napp-1,application,Webshop\n"],
        ),
    ],
    source: Annotated[Label, Query(min_length=1, description="Whose view it is.")] = "csv",
    scope: Annotated[Label, Query(description="Part of the source in which an id means one thing.")] = "",
    complete: Annotated[
        bool, Query(description="The table holds all CIs there are of the scope: what it lacks is missing.")
    ] = False,
    dry_run: Annotated[bool, Query(description="Say what would change, and write nothing.")] = False,
    retire_at_most: Annotated[
        float, Query(ge=0, le=1, description="If a greater share is missing at once, the import is held.")
    ] = RETIRE_AT_MOST,
) -> Any:
    """Take in what a table says that is new. Sent again, it changes nothing."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "table.csv")
        file.write_bytes(table)
        return import_csv(
            store.database,
            store.catalogue,
            author,
            file,
            source=source,
            scope=scope,
            complete=complete,
            dry_run=dry_run,
            retire_at_most=retire_at_most,
            rejects=Path(folder, "rejects"),
        )


@router.post("/{run}/undo", summary="Undo an import", response_model=UndoneRun, responses=problems(404, 409))
def undo_(run: str, store: TheStore, author: Undoer, once: Once) -> Response:
    """Take back all revisions of an import, newest first, or go on where that was interrupted."""

    def carry_out() -> Made:
        undone = undo_run(store, author, run)
        return Made(UndoneRun.model_validate(undone, from_attributes=True), status=200)

    return once(None, carry_out)
