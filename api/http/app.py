"""The application: routes, errors and the document that describes them."""

from fastapi import Depends, FastAPI

from api.http.answers import ALWAYS, WITH_TOKEN, problems
from api.http.bodies import Bodies
from api.http.dependencies import Services, reader
from api.http.document import DESCRIPTION, TAGS, describe, operation_id
from api.http.problems import install
from api.http.routes import OPEN, ROUTERS
from api.practices.incident import IncidentPractice
from cmdb.access import Authenticator
from cmdb.practices import open_desk
from cmdb.settings import Settings
from cmdb.store import Store
from impact import ImpactEngine

PREFIX = "/api/v1"
VERSION = "1"
"""Of the API, not of Linchpin."""


def create_app(store: Store, engine: ImpactEngine, settings: Settings | None = None) -> FastAPI:
    """The API of one store and its analyses, as an ASGI application; settings are those that are set."""
    app = FastAPI(
        title="Linchpin",
        version=VERSION,
        description=DESCRIPTION,
        openapi_tags=TAGS,
        redoc_url=None,
        responses=problems(*ALWAYS),
        generate_unique_id_function=operation_id,
    )
    desk = open_desk(store)
    app.state.services = Services(
        store=store,
        desk=desk,
        engine=engine,
        authenticator=Authenticator(store.database),
        incidents=IncidentPractice.of(store, desk, engine),
        settings=settings or Settings(),
    )
    for router in ROUTERS:
        app.include_router(
            router, prefix=PREFIX, dependencies=[Depends(reader)], responses=problems(*WITH_TOKEN)
        )
    for router in OPEN:
        app.include_router(router, prefix=PREFIX)
    install(app)
    app.add_middleware(Bodies)
    describe(app)
    return app
