"""Teams: whom to tell."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.http.answers import WITH_BODY, problems
from api.http.dependencies import Staffer, TheStore, Writer
from api.http.versions import revision_header
from cmdb.people import Team as StoredTeam
from cmdb.people import save_teams, set_members, teams

router = APIRouter(prefix="/teams", tags=["Teams"])

Name = Annotated[str, Path(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
Line = Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00-\x1f\x7f]*$")]


class Channels(BaseModel):
    """How a team is reached."""

    model_config = ConfigDict(extra="forbid")

    email: Line = Field(default="", examples=["network@example.org"])
    chat: Line = Field(default="", examples=["#network"])
    on_call: Line = Field(default="", examples=["https://on-call.example.org/network"])
    phone: Line = Field(default="", examples=["+49 30 1234567"])


class Team(Channels):
    """A team, how it is reached, and who is in it."""

    name: str
    members: list[str]


class Members(BaseModel):
    """Who is in a team, by the names of their tokens or accounts: they decide for it on changes."""

    model_config = ConfigDict(extra="forbid")

    members: list[Annotated[Line, StringConstraints(min_length=1)]] = Field(max_length=1000)


@router.get("", summary="List teams", response_model=list[Team])
def list_(store: TheStore) -> Any:
    """All teams by name."""
    return teams(store.database)


@router.put(
    "/{name}", summary="Create or replace a team", response_model=Team, responses=problems(*WITH_BODY)
)
def save(
    name: Name,
    body: Channels,
    store: TheStore,
    author: Writer,
    response: Response,
) -> Any:
    """Say how a team is reached; CIs name it as `owner`, `supported_by` or `used_by`."""
    revision = save_teams(store.database, author, [StoredTeam(name, **body.model_dump())])
    response.headers.update(revision_header(revision))
    return teams(store.database, [name])[0]


@router.put(
    "/{name}/members",
    summary="Say who is in a team",
    response_model=Team,
    responses=problems(404, *WITH_BODY),
)
def staff(name: Name, body: Members, store: TheStore, author: Staffer, response: Response) -> Any:
    """Say who is in a team, all of them; they decide for it on changes."""
    revision = set_members(store.database, author, name, body.members)
    response.headers.update(revision_header(revision))
    return teams(store.database, [name])[0]
