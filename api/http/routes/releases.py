"""Releases: versions, waves, and the steps that Linchpin itself has a part in."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from api.http.answers import WITH_BODY, problems
from api.http.dependencies import ORIGIN, Operator, TheDesk, TheStore
from api.practices.release.planning import WrittenWave, plan_versions, plan_waves, release_of
from api.practices.release.versions import VersionRow, release_versions
from api.records import RecordView, view, views
from cmdb.access import Actor
from cmdb.records import By
from cmdb.releases import begin_wave, caused_by, confirm, deploy, end_wave, finish, reverse

router = APIRouter(prefix="/releases/{number}", tags=["Releases"])
Number = Annotated[str, Path(max_length=50, examples=["REL-000012"])]
REFUSALS = problems(404, 409, 412, *WITH_BODY)
STEPS = {"deploy": deploy, "finish": finish, "reverse": reverse, "confirm": confirm}


class ReleaseWord(BaseModel):
    """A word to go into the log, and when it happened."""

    model_config = ConfigDict(extra="forbid")

    note: str = Field(default="", max_length=20_000, description="Kept in the log.")
    at: AwareDatetime | None = Field(default=None, description="When it happened; null: now.")

    def by(self, actor: Actor) -> By:
        """Who acts."""
        return By(actor, ORIGIN, self.note, self.at)


class PlannedVersions(ReleaseWord):
    """What CIs change to."""

    versions: dict[str, str] = Field(
        max_length=10_000, description="CIs as people call them, each with its version; empty: it is let go."
    )
    attribute: str = Field(default="version", max_length=100)


class PlannedWaves(ReleaseWord):
    """All waves, in their order."""

    waves: list[WrittenWave] = Field(min_length=1, max_length=1_000)


class WaveTold(ReleaseWord):
    """Begin the next wave, or say how the one under way went."""

    what: Literal["begin", "succeeded", "failed"]
    wave: str | None = Field(default=None, description="To begin this one; only the next can be begun.")


@router.get(
    "/versions",
    summary="List versions of a release",
    response_model=list[VersionRow],
    responses=problems(400, 404, 409),
)
def versions(number: Number, store: TheStore) -> list[VersionRow]:
    """What each of its CIs says: planned, at the baseline, now, and by each source."""
    return release_versions(store, number)


@router.get(
    "/incidents",
    summary="List incidents of a release",
    response_model=list[RecordView],
    responses=problems(400, 404),
)
def incidents(number: Number, store: TheStore, desk: TheDesk) -> list[RecordView]:
    """Those that name it as what caused them."""
    return views(desk, caused_by(store.database, release_of(store, number).number))


@router.patch("/versions", summary="Plan versions", response_model=RecordView, responses=REFUSALS)
def plan(
    number: Number, body: PlannedVersions, store: TheStore, desk: TheDesk, actor: Operator
) -> RecordView:
    """Say which CIs it changes to which version; the rest stays as planned."""
    record = plan_versions(store, desk, body.by(actor), number, body.versions, body.attribute)
    return view(desk, record)


@router.put("/waves", summary="Plan waves", response_model=RecordView, responses=REFUSALS)
def waves(number: Number, body: PlannedWaves, store: TheStore, desk: TheDesk, actor: Operator) -> RecordView:
    """Say in which waves it is deployed."""
    return view(desk, plan_waves(store, desk, body.by(actor), number, body.waves))


@router.post("/waves", summary="Tell of a wave", response_model=RecordView, responses=REFUSALS)
def wave(number: Number, body: WaveTold, store: TheStore, desk: TheDesk, actor: Operator) -> RecordView:
    """Begin the next one only after the last has worked."""
    known, by = release_of(store, number).number, body.by(actor)
    if body.what == "begin":
        return view(desk, begin_wave(desk, by, known, body.wave))
    return view(desk, end_wave(desk, by, known, body.what))


@router.post(
    "/{step}",
    summary="Deploy, finish, reverse or confirm a release",
    response_model=RecordView,
    responses=REFUSALS,
)
def step(
    number: Number,
    step: Literal["deploy", "finish", "reverse", "confirm"],
    body: ReleaseWord,
    store: TheStore,
    desk: TheDesk,
    actor: Operator,
) -> RecordView:
    """Baselines are set, what is expected is worked out, discovery is asked; refused with what differs."""
    return view(desk, STEPS[step](desk, body.by(actor), release_of(store, number).number))
