"""`cmdb demo`: the sample estate, imported from its sources and asked."""

import typer

from api.cli.serving import PORT, serve_store
from api.cli.session import analyses, author, session
from api.cli.terminal import out, progress
from api.demo import demo_token, import_estate, tell_discovery, tell_service_desk, tell_story
from cmdb.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(demo)


def demo(
    serve: bool = typer.Option(True, "--serve/--no-serve", help="Serve the API when done."),
    port: int = PORT,
) -> None:
    """Import a sample estate from its sources, ask what a change takes down, and serve until Ctrl-C."""
    with session() as store:
        who = author("sample estate")
        with progress() as tell:
            imported = list(import_estate(store.database, store.catalogue, who, tell))
        tell_discovery(out(), store, who, imported)
        engine = analyses(store)
        tell_story(out(), store, engine)
        tell_service_desk(out(), store, engine, who)
        if serve:
            secret = demo_token(store.database, Settings().home)
            out().print(
                f"\nTry it: curl -H 'Authorization: Bearer {secret}' "
                f"'http://127.0.0.1:{port}/api/v1/search?q=payments'",
                soft_wrap=True,
                markup=False,
            )
            serve_store(store, engine, "127.0.0.1", port)
