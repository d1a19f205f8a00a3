"""`cmdb demo`: the sample estate, imported and asked."""

import typer

from api.cli.serving import serve_store
from api.cli.session import author, session
from api.cli.terminal import out, progress
from api.demo import ESTATE, SOURCE, tell_story
from api.tables.report import print_report
from importers import import_csv


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(demo)


def demo(
    serve: bool = typer.Option(True, "--serve/--no-serve", help="Serve the API when done."),
    port: int = typer.Option(8080, help="Port of the API."),
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
        tell_story(out(), store)
        if serve:
            serve_store(store, port=port)
