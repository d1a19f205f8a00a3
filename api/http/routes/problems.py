"""Problems and known errors: candidates, trends, causes, notices."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from api.http.answers import WITH_BODY, problems
from api.http.dependencies import ORIGIN, Operator, TheDesk, TheEngine, TheSettings, TheStore
from api.http.idempotency import Made, Once
from api.http.models.notices import NoticeToSend, SentNotice
from api.practices.incident import chosen
from api.practices.problem.candidates import Candidates, accept_candidate, candidates
from api.practices.problem.causes import problem_causes
from api.practices.problem.known_errors import OfferedError, known_errors_for
from api.practices.problem.notice import propose_notice, send_notice
from api.practices.problem.periods import period_of
from api.practices.problem.trends import Trends, incident_trends
from api.records import RecordView, view, views
from cmdb.incidents import Notice
from cmdb.problems import incidents_of
from cmdb.records import By, get_record
from cmdb.store import find_ci
from impact import RootCauses
from impact.beneath import Foundation
from impact.recurrence import Period

router = APIRouter(tags=["Problems"])
Number = Annotated[str, Path(max_length=50, examples=["PRB-000007"])]
REFUSALS = problems(404, 409, *WITH_BODY)
SINCE, UNTIL = "Begin of the period; null: half a year back.", "Its end; null: now."


class Part(BaseModel):
    """Base of all bodies."""

    model_config = ConfigDict(extra="forbid")


class AcceptedCandidate(Part):
    """A candidate to make a problem of, and the period that it was found in."""

    candidate: str = Field(max_length=500, examples=["provider/core-1"])
    since: AwareDatetime | None = Field(default=None, description=SINCE)
    until: AwareDatetime | None = Field(default=None, description=UNTIL)
    note: str = Field(default="", max_length=20_000, description="Kept in the log.")


def _period(
    since: Annotated[AwareDatetime | None, Query(description=SINCE)] = None,
    until: Annotated[AwareDatetime | None, Query(description=UNTIL)] = None,
) -> Period:
    return period_of(since, until)


ThePeriod = Annotated[Period, Depends(_period)]


@router.get(
    "/problems/candidates",
    summary="List candidates for problems",
    response_model=Candidates,
    responses=problems(400),
)
def candidates_(store: TheStore, engine: TheEngine, period: ThePeriod) -> Candidates:
    """What recurs more than chance would have it, major incidents, and what suppliers and developers tell."""
    return candidates(store, engine, period)


@router.post(
    "/problems/accept",
    summary="Accept a candidate",
    status_code=201,
    response_model=RecordView,
    responses=REFUSALS,
)
def accept(
    body: AcceptedCandidate, store: TheStore, desk: TheDesk, engine: TheEngine, actor: Operator, once: Once
) -> Response:
    """Make a problem of it, with its incidents and CIs."""

    def carry_out() -> Made:
        by, period = By(actor, ORIGIN, body.note), period_of(body.since, body.until)
        record = accept_candidate(store, desk, engine, by, body.candidate, period)
        location = {"Location": f"/api/v1/records/{record.number}"}
        return Made(view(desk, record), headers={"ETag": f'"{record.revision}"'} | location)

    return once(body, carry_out)


@router.get(
    "/problems/trends", summary="Get trends of incidents", response_model=Trends, responses=problems(400)
)
def trends(
    store: TheStore,
    period: ThePeriod,
    zone: Annotated[str, Query(max_length=100, description="Whose clocks tell weekdays and hours.")] = "UTC",
) -> Trends:
    """What becomes more frequent by class, team, category and cause, and when incidents crowd."""
    return incident_trends(store, period, zone)


@router.get(
    "/problems/{number}/causes",
    summary="Rank causes of a problem",
    response_model=RootCauses,
    responses=problems(400, 404, 409),
)
def causes(
    number: Number,
    store: TheStore,
    engine: TheEngine,
    incident: Annotated[
        str | None, Query(max_length=50, description="Only this one of its incidents.")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=100, description="Most explanations.")] = 10,
) -> RootCauses:
    """What may have caused its incidents, by all that they took down."""
    return problem_causes(store, engine, number, incident and incident.upper(), limit)


@router.get(
    "/problems/{number}/incidents",
    summary="List incidents of a problem",
    response_model=list[RecordView],
    responses=problems(404),
)
def incidents(number: Number, desk: TheDesk) -> list[RecordView]:
    """Those that are put down to it, and those that raised it, oldest first."""
    return views(desk, incidents_of(desk.database, get_record(desk.database, number).number))


@router.get(
    "/problems/{number}/notice",
    summary="Propose a notice of a cause",
    response_model=Notice,
    responses=problems(400, 404, 409),
)
def notice(number: Number, store: TheStore, engine: TheEngine) -> Notice:
    """What the owners of the services that suffered could be told, and who they are."""
    return propose_notice(store, engine, number)


@router.post(
    "/problems/{number}/notice",
    summary="Send a notice of a cause",
    response_model=SentNotice,
    responses=problems(404, 409, 503, *WITH_BODY),
)
def send(
    number: Number,
    body: NoticeToSend,
    store: TheStore,
    desk: TheDesk,
    engine: TheEngine,
    settings: TheSettings,
    actor: Operator,
) -> SentNotice:
    """Mail it where a server is set, and keep it in the log."""
    told = chosen(propose_notice(store, engine, number), body.subject, body.text, body.to)
    _, sent = send_notice(store, desk, settings, By(actor, ORIGIN), number, told)
    return SentNotice(notice=told, sent=sent)


@router.get(
    "/known-errors/offered",
    summary="Offer known errors",
    response_model=list[OfferedError],
    responses=problems(400, 404, 409),
)
def offered(
    store: TheStore,
    engine: TheEngine,
    ci: Annotated[list[str], Query(max_length=1_000, description="What fails.")],
) -> list[OfferedError]:
    """The known errors of CIs and of all that they depend on, the nearest first."""
    ids = [find_ci(store.database, name) for name in ci]
    return known_errors_for(store.database, Foundation(engine.graph(), ids), ids)
