"""What the board has before it: the agenda, minutes, models, and how risks and discovery bear changes out."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from api.http.dependencies import ORIGIN, Operator, TheStore
from api.http.routes.changes import REFUSALS, Number, TheBureau
from api.practices.change import Agenda, agenda, change_calendar, minute
from api.practices.change.calibration import calibration
from api.practices.change.confirmation import (
    UnauthorisedChange,
    UnconfirmedChange,
    unauthorised_changes,
    unconfirmed_changes,
)
from api.records import RecordView, view
from cmdb.changes import ChangeModel, Window, template_hash
from cmdb.records import By
from impact.risk import Calibration

router = APIRouter(tags=["Changes"])
Begin = Annotated[AwareDatetime | None, Query(alias="from", description="Null: now.")]
Days = Annotated[int, Query(ge=1, le=3650, description="How many days.")]


class NamedModel(ChangeModel):
    """A model of changes."""

    name: str
    template_hash: str | None = Field(description="Tells the template; null: it has none.")


class NewMinute(BaseModel):
    """What was said of a change in a meeting."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=20_000)


@router.get("/change-models", summary="List models of changes")
def models(bureau: TheBureau) -> list[NamedModel]:
    """How changes of each sort are handled, and the hash of each template."""
    return [
        NamedModel(
            name=name, template_hash=template_hash(model.template) if model.template else None, **dict(model)
        )
        for name, model in bureau.policy.models.models.items()
    ]


@router.post(
    "/changes/{number}/minutes", summary="Keep a minute", response_model=RecordView, responses=REFUSALS
)
def minutes(number: Number, body: NewMinute, bureau: TheBureau, actor: Operator) -> Any:
    """Write into the log of a change what was said of it in a meeting."""
    return view(bureau.desk, minute(bureau, By(actor, ORIGIN), number, body.text))


@router.get("/changes.ics", summary="Changes as iCalendar", response_class=Response)
def calendar(store: TheStore, begin: Begin = None, days: Days = 90) -> Response:
    """The changes of some days, for other calendars to subscribe to."""
    return Response(change_calendar(store, _ahead(begin, days)), media_type="text/calendar")


@router.get("/change-agenda", summary="The agenda of the board", response_model=Agenda)
def agenda_(bureau: TheBureau, begin: Begin = None, days: Days = 14) -> Any:
    """The changes ahead, the riskiest first, with decisions, conditions and minutes."""
    window = _ahead(begin, days)
    return agenda(bureau, window.start, window.end)


@router.get("/change-calibration", summary="How well risks foretold failures", response_model=Calibration)
def calibration_(bureau: TheBureau) -> Any:
    """Predicted against observed, by level of likelihood."""
    return calibration(bureau)


@router.get("/unauthorised-changes", summary="Differences that no change explains")
def unauthorised(bureau: TheBureau, days: Days = 30) -> list[UnauthorisedChange]:
    """What discovery found different on CIs with no change at work, the newest first."""
    now = datetime.now(UTC)
    return unauthorised_changes(bureau, now - timedelta(days=days), now)


@router.get("/unconfirmed-changes", summary="Changes that discovery has not seen")
def unconfirmed(bureau: TheBureau, days: Days = 30) -> list[UnconfirmedChange]:
    """Changes that were done and of which discovery saw nothing, by their begin."""
    now = datetime.now(UTC)
    return unconfirmed_changes(bureau, now - timedelta(days=days), now)


def _ahead(begin: datetime | None, days: int) -> Window:
    start = begin or datetime.now(UTC)
    return Window(start=start, end=start + timedelta(days=days))
