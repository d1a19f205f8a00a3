"""Teams: whom to tell."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.http.answers import WITH_BODY, problems
from api.http.dependencies import TheStore, Writer
from api.http.versions import revision_header
from cmdb.people import Team as StoredTeam
from cmdb.people import save_teams, teams

router = APIRouter(prefix="/teams", tags=["Teams"])

Line = Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00-\x1f\x7f]*$")]


class Channels(BaseModel):
    """How a team is reached."""

    model_config = ConfigDict(extra="forbid")

    email: Line = Field(default="", examples=["network@example.org"])
    chat: Line = Field(default="", examples=["#network"])
    on_call: Line = Field(default="", examples=["https://on-call.example.org/network"])
    phone: Line = Field(default="", examples=["+49 30 1234567"])


class Team(Channels):
    """A team and how it is reached."""

    name: str


@router.get("", summary="List teams", response_model=list[Team])
def list_(store: TheStore) -> Any:
    """All teams by name."""
    return teams(store.database)


@router.put(
    "/{name}", summary="Create or replace a team", response_model=Team, responses=problems(*WITH_BODY)
)
def save(
    name: Annotated[str, Path(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")],
    body: Channels,
    store: TheStore,
    author: Writer,
    response: Response,
) -> Any:
    """Say how a team is reached; CIs name it as `owner`, `supported_by` or `used_by`."""
    team = StoredTeam(name, **body.model_dump())
    revision = save_teams(store.database, author, [team])
    response.headers.update(revision_header(revision))
    return team
