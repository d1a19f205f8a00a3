"""What endpoints ask for: the store, the engine, and who is asking."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.practices.incident import IncidentPractice
from cmdb.access import Action, Actor, Authenticator
from cmdb.errors import Unauthenticated
from cmdb.history import Author
from cmdb.records import Desk
from cmdb.settings import Settings
from cmdb.store import Store
from impact import ImpactEngine

ORIGIN = "api"
BEARER = HTTPBearer(auto_error=False, description="A token that `cmdb token create` has printed.")


@dataclass(frozen=True, slots=True)
class Services:
    """What the app of one database consists of."""

    store: Store
    desk: Desk
    engine: ImpactEngine
    authenticator: Authenticator
    incidents: IncidentPractice
    settings: Settings


def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


def _store(services: Annotated[Services, Depends(_services)]) -> Store:
    return services.store


def _desk(services: Annotated[Services, Depends(_services)]) -> Desk:
    return services.desk


def _engine(services: Annotated[Services, Depends(_services)]) -> ImpactEngine:
    return services.engine


def _incidents(services: Annotated[Services, Depends(_services)]) -> IncidentPractice:
    return services.incidents


def _settings(services: Annotated[Services, Depends(_services)]) -> Settings:
    return services.settings


def _actor(
    services: Annotated[Services, Depends(_services)],
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)],
) -> Actor:
    if credentials is None:
        raise Unauthenticated("Send a token as `Authorization: Bearer TOKEN`; `cmdb token create` makes one.")
    return services.authenticator.authenticate(credentials.credentials)


TheStore = Annotated[Store, Depends(_store)]
TheDesk = Annotated[Desk, Depends(_desk)]
TheEngine = Annotated[ImpactEngine, Depends(_engine)]
TheIncidents = Annotated[IncidentPractice, Depends(_incidents)]
TheSettings = Annotated[Settings, Depends(_settings)]
TheActor = Annotated[Actor, Depends(_actor)]


def reader(actor: TheActor) -> None:
    """Let only those pass who may read."""
    actor.require(Action.READ)


def _operator(actor: TheActor) -> Actor:
    actor.require(Action.RECORD)
    return actor


Operator = Annotated[Actor, Depends(_operator)]
"""Who may open and change records; what a step takes beyond that, its life cycle says."""


class By:
    """Dependency: the author of a write, who must be allowed the action."""

    def __init__(self, action: Action) -> None:
        self._action = action

    def __call__(
        self,
        actor: TheActor,
        x_reason: Annotated[
            str, Header(max_length=1000, description="Why; kept in the history.", examples=["CHG-000042"])
        ] = "",
    ) -> Author:
        """Tell who writes, and why."""
        actor.require(self._action)
        return Author(actor.name, ORIGIN, _utf8(x_reason))


Writer = Annotated[Author, Depends(By(Action.WRITE))]
Importer = Annotated[Author, Depends(By(Action.IMPORT))]
Sweeper = Annotated[Author, Depends(By(Action.SWEEP))]
Retirer = Annotated[Author, Depends(By(Action.RETIRE))]
Identifier = Annotated[Author, Depends(By(Action.IDENTIFY))]
Staffer = Annotated[Author, Depends(By(Action.STAFF))]
RiskTaker = Annotated[Author, Depends(By(Action.ACCEPT_RISK))]
Undoer = Annotated[Author, Depends(By(Action.UNDO))]
Purger = Annotated[Author, Depends(By(Action.PURGE))]


def _utf8(header: str) -> str:
    """Headers come as Latin-1, but clients such as curl send the bytes of UTF-8."""
    try:
        return header.encode("latin-1").decode()
    except UnicodeError:
        return header
