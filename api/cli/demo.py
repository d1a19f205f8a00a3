"""`cmdb demo`: the sample estate, imported and asked."""

import typer

from api.cli.serving import PORT, serve_store
from api.cli.session import analyses, author, session
from api.cli.terminal import out, progress
from api.demo import ESTATE, SOURCE, demo_token, tell_story
from api.tables.report import print_report
from cmdb.settings import Settings
from importers import import_csv


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(demo)


def demo(
    serve: bool = typer.Option(True, "--serve/--no-serve", help="Serve the API when done."),
    port: int = PORT,
) -> None:
    """Import a sample estate, ask what a change takes down, and serve the API until Ctrl-C."""
    with session() as store:
        with progress() as tell:
            report = import_csv(
                store.database,
                store.catalogue,
                author("sample estate"),
                ESTATE,
                source=SOURCE,
                progress=lambda phase, done, total: tell(f"{phase} {done:,} rows", done, total),
            )
        print_report(out(), report)
        engine = analyses(store)
        tell_story(out(), store, engine)
        if serve:
            secret = demo_token(store.database, Settings().home)
            out().print(
                f"\nTry it: curl -H 'Authorization: Bearer {secret}' "
                f"'http://127.0.0.1:{port}/api/v1/search?q=payments'",
                soft_wrap=True,
                markup=False,
            )
            serve_store(store, engine, "127.0.0.1", port)
