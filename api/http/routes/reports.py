"""What incidents, outages, changes and releases come to."""

from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Response

from api.http.answers import Responses, problems
from api.http.dependencies import TheDesk, TheStore
from api.http.models.reports import Report, ReportOffer
from api.practices.reports import report_csv, report_svg
from cmdb.reports import REPORTS, Asked, By, make_report

router = APIRouter(prefix="/reports", tags=["Records"])

Form = Annotated[
    Literal["json", "csv", "svg"], Query(alias="format", description="A table or a chart instead of JSON.")
]
Word = Annotated[str, Query(max_length=100)]
FILE = {"schema": {"type": "string", "format": "binary"}}
FILES: Responses = {200: {"content": {"text/csv": FILE, "image/svg+xml": FILE}}}


@router.get("", summary="List reports", response_model=list[ReportOffer])
def list_() -> Any:
    """All reports, and what each can be divided by."""
    return [
        {"name": name, "title": offer.title, "per": list(offer.dividing)} for name, offer in REPORTS.items()
    ]


@router.get(
    "/{name}", summary="Make a report", response_model=Report, responses={**FILES, **problems(400, 404)}
)
def make(
    name: Annotated[str, Path(max_length=100)],
    store: TheStore,
    desk: TheDesk,
    since: Annotated[
        date | None, Query(alias="from", description="The first day; unset: a year before the end.")
    ] = None,
    until: Annotated[
        date | None, Query(alias="to", description="The day that it ends before; unset: tomorrow.")
    ] = None,
    by: By = "month",
    zone: Word = "UTC",
    per: Word = "",
    form: Form = "json",
) -> Any:
    """Figures by period, and by group where it is divided, each row against its target if it has one."""
    made = make_report(store, desk, name, Asked(since, until, by, zone, per), datetime.now(UTC))
    if form == "csv":
        return Response(report_csv(made), media_type="text/csv; charset=utf-8")
    if form == "svg":
        return Response(report_svg(made), media_type="image/svg+xml")
    return asdict(made)
