"""Records of all kinds: open, read, change, take a step further."""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from pydantic import AwareDatetime, Field

from api.http.answers import WITH_BODY, problems
from api.http.dependencies import ORIGIN, Operator, TheDesk, TheIncidents
from api.http.idempotency import Made, Once
from api.http.models import Page
from api.http.paging import Cursor, Limit, opaque, read_cursor
from api.http.versions import Expected
from api.practices.incident import follow_links
from api.records import Changes, Log, RecordView, log_view, view, views
from cmdb.access import Actor
from cmdb.records import (
    By,
    LifeCycle,
    Record,
    Wanted,
    edit_record,
    get_record,
    instant,
    list_records,
    open_record,
    read_log,
    search_records,
    transition,
)
from cmdb.store import find_ci

router = APIRouter(prefix="/records", tags=["Records"])
REFUSALS = problems(404, 409, 412, *WITH_BODY)
Number = Annotated[str, Path(max_length=50, examples=["INC-000123"])]


class Told(Changes):
    """An edit, what there is to say to it, and when it happened."""

    note: str = Field(default="", max_length=20_000, description="Kept in the log.")
    at: AwareDatetime | None = Field(default=None, description="When it happened; null: now.")

    def by(self, actor: Actor) -> By:
        """Who acts."""
        return By(actor, ORIGIN, self.note, self.at)


class NewRecord(Told):
    """A record to open."""

    kind: str = Field(examples=["incident"])


@router.get("", summary="List records", response_model=Page[RecordView], responses=problems(400, 404, 409))
def list_(
    desk: TheDesk,
    kind: Annotated[str | None, Query(description="Only those of this kind.")] = None,
    open_: Annotated[
        bool | None, Query(alias="open", description="Only open ones, or only closed ones.")
    ] = None,
    state: Annotated[list[str] | None, Query(description="Only those in one of these states.")] = None,
    ci: Annotated[str | None, Query(description="Only those about this CI.")] = None,
    opened_from: Annotated[datetime | None, Query(description="Only those opened then or later.")] = None,
    opened_before: Annotated[datetime | None, Query(description="Only those opened earlier.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """Records, the newest first."""
    wanted = Wanted(
        kind=desk.kind(kind).life_cycle.kind if kind else None,
        open=open_,
        states=state,
        ci=find_ci(desk.database, ci) if ci else None,
        opened_from=_instant(opened_from),
        opened_before=_instant(opened_before),
    )
    found = list_records(desk.database, wanted, limit, read_cursor(cursor))
    return {"items": views(desk, list(found.items)), "next": opaque(found.next)}


@router.get("/search", summary="Search records", response_model=list[RecordView])
def search(
    desk: TheDesk,
    text: Annotated[str, Query(max_length=1_000, description="Words of a number, title or description.")],
    kind: Annotated[str | None, Query(description="Only those of this kind.")] = None,
    limit: Limit = 50,
) -> list[RecordView]:
    """Records with such words, the best first."""
    return views(desk, search_records(desk.database, text, kind, limit))


@router.get("/kinds", summary="List life cycles", response_model=list[LifeCycle])
def kinds(desk: TheDesk) -> list[LifeCycle]:
    """The kinds of records: their fields, their states, and what leads from one to another."""
    return [kind.life_cycle for kind in desk.kinds.values()]


@router.post("", summary="Open a record", status_code=201, response_model=RecordView, responses=REFUSALS)
def open_(body: NewRecord, incidents: TheIncidents, actor: Operator, once: Once) -> Response:
    """A record with the next number of its kind."""

    def carry_out() -> Made:
        by, edit = body.by(actor), body.edit(incidents.desk.database)
        record = follow_links(incidents, by, open_record(incidents.desk, by, body.kind, edit), edit)
        location = {"Location": f"/api/v1/records/{record.number}"}
        return Made(view(incidents.desk, record), headers=_version(record) | location)

    return once(body, carry_out)


@router.get("/{number}", summary="Get a record", response_model=RecordView, responses=problems(404))
def get(number: Number, desk: TheDesk, response: Response) -> RecordView:
    """One record, with its version as `ETag`."""
    record = get_record(desk.database, number)
    response.headers.update(_version(record))
    return view(desk, record)


@router.get("/{number}/log", summary="Get the log of a record", response_model=Log, responses=problems(404))
def log(number: Number, desk: TheDesk) -> Log:
    """All that happened to it, and whether it is as it was written."""
    record = get_record(desk.database, number)
    return log_view(record, read_log(desk.database, record.number))


@router.patch("/{number}", summary="Change a record", response_model=RecordView, responses=REFUSALS)
def change(
    number: Number,
    body: Told,
    incidents: TheIncidents,
    actor: Operator,
    expected: Expected,
    response: Response,
) -> RecordView:
    """Set what is named, and leave the rest alone; a note alone goes into the log."""
    by, edit = body.by(actor), body.edit(incidents.desk.database)
    record = edit_record(incidents.desk, by, number.upper(), edit, revision=expected)
    record = follow_links(incidents, by, record, edit)
    response.headers.update(_version(record))
    return view(incidents.desk, record)


@router.post(
    "/{number}/steps/{step}",
    summary="Take a record a step further",
    response_model=RecordView,
    responses=REFUSALS,
)
def take_step(
    number: Number,
    step: str,
    body: Told,
    incidents: TheIncidents,
    actor: Operator,
    expected: Expected,
    once: Once,
) -> Response:
    """One of its `steps`, with the edit that belongs to it; refused with what is missing."""

    def carry_out() -> Made:
        by, edit = body.by(actor), body.edit(incidents.desk.database)
        record = transition(incidents.desk, by, number.upper(), step, edit, revision=expected)
        record = follow_links(incidents, by, record, edit)
        return Made(view(incidents.desk, record), status=200, headers=_version(record))

    return once(body, carry_out)


def _version(record: Record) -> dict[str, str]:
    return {"ETag": f'"{record.revision}"'}


def _instant(at: datetime | None) -> str | None:
    return instant(at if at.tzinfo else at.replace(tzinfo=UTC)) if at else None
