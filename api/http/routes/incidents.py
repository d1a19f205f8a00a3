"""Incidents: alerts, the page, escalation, notices."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field

from api.http.answers import WITH_BODY, problems
from api.http.dependencies import ORIGIN, Operator, TheActor, TheIncidents, TheSettings
from api.http.models.notices import NoticeToSend, SentNotice
from api.practices.incident import (
    IncidentPage,
    chosen,
    incident_page,
    propose,
    propose_notice,
    send_notice,
    set_major,
    sweep_incidents,
    take,
)
from api.records import RecordView, view
from cmdb.access import Action
from cmdb.alerts import Webhook
from cmdb.incidents import Notice, escalate
from cmdb.records import By

router = APIRouter(tags=["Incidents"])
Number = Annotated[str, Path(max_length=50, examples=["INC-000123"])]
REFUSALS = problems(404, 409, *WITH_BODY)


class Part(BaseModel):
    """Base of all bodies."""

    model_config = ConfigDict(extra="forbid")


class TakenAlerts(BaseModel):
    """What became of alerts: numbers of incidents, and how many alerts were new, over, known or nameless."""

    opened: list[str]
    joined: list[str]
    restored: list[str]
    new: int
    over: int
    repeated: int
    unmatched: int
    truncated: int = Field(description="Alerts that Alertmanager left off; raise its `max_alerts`.")


class DueRecord(BaseModel):
    """What has become due for an incident."""

    number: str
    title: str
    happened: list[str]


class Escalation(Part):
    """To whom, and why."""

    to: str = Field(min_length=1, max_length=200)
    hierarchical: bool = Field(default=False, description="Draw in management; the team stays.")
    note: str = Field(min_length=1, max_length=20_000)


class Major(Part):
    """Who leads a major incident; null: it is none any longer."""

    manager: str | None = Field(max_length=200)
    note: str = Field(min_length=1, max_length=20_000)


@router.post(
    "/alerts/alertmanager",
    summary="Take in alerts of Alertmanager",
    response_model=TakenAlerts,
    responses=problems(*WITH_BODY),
)
def alertmanager(body: Webhook, incidents: TheIncidents, actor: Operator) -> TakenAlerts:
    """A post of its webhook: a storm is one incident, and the same post again changes nothing."""
    taken = take(incidents, By(actor, ORIGIN), body.told())
    told = {name: getattr(taken, name) for name in TakenAlerts.model_fields if name != "truncated"}
    return TakenAlerts(**told, truncated=body.truncated)


@router.get(
    "/incidents/{number}/page",
    summary="Get the page of an incident",
    response_model=IncidentPage,
    responses=problems(404),
)
def page(number: Number, incidents: TheIncidents) -> IncidentPage:
    """All that helps to diagnose it: causes, changes, known errors, similar ones, whom to ask."""
    return incident_page(incidents, number)


@router.post(
    "/incidents/{number}/assess",
    summary="Propose the impact of an incident",
    response_model=RecordView,
    responses=problems(403, 404),
)
def assess(number: Number, incidents: TheIncidents, actor: Operator) -> RecordView:
    """What the graph says of it, kept beside a person's word; its outages follow."""
    return view(incidents.desk, propose(incidents, By(actor, ORIGIN), number.upper()))


@router.post(
    "/incidents/{number}/escalate",
    summary="Escalate an incident",
    response_model=RecordView,
    responses=REFUSALS,
)
def escalate_(number: Number, body: Escalation, incidents: TheIncidents, actor: Operator) -> RecordView:
    """To another team, or to management."""
    by = By(actor, ORIGIN, body.note)
    return view(incidents.desk, escalate(incidents.desk, by, number.upper(), body.to, body.hierarchical))


@router.post(
    "/incidents/{number}/major",
    summary="Declare a major incident, or end it",
    response_model=RecordView,
    responses=REFUSALS,
)
def major(number: Number, body: Major, incidents: TheIncidents, actor: Operator) -> RecordView:
    """Takes the role manager."""
    by = By(actor, ORIGIN, body.note)
    return view(incidents.desk, set_major(incidents, by, number.upper(), body.manager))


@router.get(
    "/incidents/{number}/notice",
    summary="Propose a notice",
    response_model=Notice,
    responses=problems(404),
)
def notice(number: Number, incidents: TheIncidents) -> Notice:
    """What those affected could be told, and who they are."""
    return propose_notice(incidents, number)


@router.post(
    "/incidents/{number}/notice",
    summary="Send a notice",
    response_model=SentNotice,
    responses=problems(404, 503, *WITH_BODY),
)
def send(
    number: Number, body: NoticeToSend, incidents: TheIncidents, settings: TheSettings, actor: Operator
) -> SentNotice:
    """Mail it where a server is set, and keep it in the log."""
    told = chosen(propose_notice(incidents, number), body.subject, body.text, body.to)
    _, sent = send_notice(incidents, settings, By(actor, ORIGIN), number, told)
    return SentNotice(notice=told, sent=sent)


@router.post(
    "/incidents/sweep",
    summary="Sweep incidents",
    response_model=list[DueRecord],
    responses=problems(403),
)
def sweep(incidents: TheIncidents, actor: TheActor) -> list[DueRecord]:
    """Write down what clocks have come to, and escalate; it does nothing twice."""
    actor.require(Action.SWEEP)
    swept = sweep_incidents(incidents, By(actor, ORIGIN), datetime.now(UTC))
    return [
        DueRecord(number=one.number, title=one.title, happened=[happening.note for happening in one.happened])
        for one in swept
    ]
