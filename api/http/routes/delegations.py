"""Delegations: who decides on changes on whose behalf, and until when."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from api.http.answers import WITH_BODY, problems
from api.http.dependencies import ORIGIN, Operator, TheStore
from api.http.versions import revision_header
from cmdb.history import Author
from cmdb.people import Delegation, delegate, delegations, end_delegation

router = APIRouter(prefix="/delegations", tags=["Teams"])
To = Annotated[str, Path(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]


class Term(BaseModel):
    """For how long."""

    model_config = ConfigDict(extra="forbid")

    since: AwareDatetime | None = Field(default=None, description="Null: from now on.")
    until: AwareDatetime


@router.get("", summary="List delegations")
def list_(store: TheStore) -> list[Delegation]:
    """All of them, those that are over too, by who gave them."""
    return delegations(store.database)


@router.put("/{to}", summary="Delegate your decisions", status_code=204, responses=problems(*WITH_BODY))
def give(to: To, body: Term, store: TheStore, actor: Operator, response: Response) -> None:
    """Give one's own right to decide on changes to somebody else, for a time."""
    since = body.since or datetime.now(UTC)
    revision = delegate(store.database, Author(actor.name, ORIGIN), to, since, body.until)
    response.headers.update(revision_header(revision))


@router.delete("/{to}", summary="End a delegation", status_code=204, responses=problems(404))
def end(to: To, store: TheStore, actor: Operator, response: Response) -> None:
    """Take back one's right to decide."""
    revision = end_delegation(store.database, Author(actor.name, ORIGIN), to)
    response.headers.update(revision_header(revision))
