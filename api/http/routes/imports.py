"""Imports: what ran, and taking one back."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field, RootModel

from api.http.answers import problems
from api.http.dependencies import TheStore, Undoer
from api.http.idempotency import Made, Once
from api.http.models import Page, Undone
from api.http.paging import Cursor, Limit, part
from cmdb.reconciliation import runs
from cmdb.store import undo_run

router = APIRouter(prefix="/imports", tags=["Imports"])


class Run(BaseModel):
    """One import of one source."""

    id: str
    source: str
    scope: str
    actor: str
    started: datetime
    status: str = Field(description="`done`, or `running`: also where it was killed.")
    cis: dict[str, int] = Field(description="Number of CIs by outcome.")
    relationships: dict[str, int] = Field(description="Number of relationships by outcome.")


class UndoneRun(RootModel[list[Undone]]):
    """What became of each revision of an import, newest first."""


@router.get("", summary="List imports", response_model=Page[Run], responses=problems(400))
def list_(store: TheStore, limit: Limit = 50, cursor: Cursor = None) -> dict[str, Any]:
    """All imports, newest first."""
    items, following = part(runs(store.database), cursor, limit)
    return {"items": items, "next": following}


@router.post("/{run}/undo", summary="Undo an import", response_model=UndoneRun, responses=problems(404, 409))
def undo_(run: str, store: TheStore, author: Undoer, once: Once) -> Response:
    """Take back all revisions of an import, newest first, or go on where that was interrupted."""

    def carry_out() -> Made:
        undone = undo_run(store, author, run)
        return Made(UndoneRun.model_validate(undone, from_attributes=True), status=200)

    return once(None, carry_out)
