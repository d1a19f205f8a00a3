"""`cmdb serve`: the API."""

import socket

import typer

from api.cli.session import analyses, session
from api.cli.terminal import err, progress
from cmdb.errors import Conflict
from cmdb.store import Store
from impact import ImpactEngine

HOST = typer.Option("127.0.0.1", help="Address to listen at; 0.0.0.0: all.")
PORT = typer.Option(8080, min=0, max=65535, help="Port to listen at.")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(serve)


def serve(host: str = HOST, port: int = PORT) -> None:
    """Serve the API until Ctrl-C; make a token for it with `cmdb token create`."""
    with session() as store:
        serve_store(store, analyses(store), host, port)


def serve_store(store: Store, engine: ImpactEngine, host: str, port: int) -> None:
    """Serve the API of a store until Ctrl-C; raises Conflict where the port cannot be had."""
    # loaded here, since only this command needs what serves and draws
    from api.http import serve as serve_http

    _require_free(host, port)
    with progress() as tell:
        tell("Reading the graph for analyses")
        engine.warm_up()
    err().print(
        f"API at http://{host}:{port}/api/v1, described at http://{host}:{port}/docs. Ctrl-C ends it."
    )
    serve_http(store, engine, host, port)


def _require_free(host: str, port: int) -> None:
    try:
        socket.create_server((host, port)).close()
    except OSError as error:
        raise Conflict(
            f"Port {port} of {host} cannot be used: {error.strerror}. "
            "End what listens there, or choose another with --port."
        ) from error
