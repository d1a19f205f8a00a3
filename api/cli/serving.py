"""`cmdb serve`: the API."""

import typer


def register(app: typer.Typer) -> None: ...
def serve_store(store, host="127.0.0.1", port=8080) -> None: ...
