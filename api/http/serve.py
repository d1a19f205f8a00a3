"""Serves the API until it is told to stop."""

import uvicorn

from api.http.app import create_app
from cmdb.store import Store
from impact import ImpactEngine


def serve(store: Store, engine: ImpactEngine, host: str, port: int) -> None:
    """Serve on one address until SIGINT or SIGTERM; running requests are finished first."""
    app = create_app(store, engine)
    app.state.services.incidents.warm_up()
    uvicorn.run(app, host=host, port=port, server_header=False)
