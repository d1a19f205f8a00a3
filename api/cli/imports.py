"""`cmdb import`: read a source into the graph."""

from pathlib import Path

import typer

from api.cli.session import author, session
from api.cli.terminal import out, print_json, progress
from api.tables.report import print_report
from cmdb.reconciliation import runs
from importers import import_csv

app = typer.Typer(name="import", help="Read a source into the graph.", no_args_is_help=True)


def register(main: typer.Typer) -> None:
    """Add the commands."""
    main.add_typer(app)


@app.command()
def csv(
    path: Path = typer.Argument(help="A folder with cis and relationships tables, or one such file."),
    source: str = typer.Option("csv", help="Name of the source; its ids mean the same thing every time."),
    scope: str = typer.Option("", help="Part of the source that this import is about."),
    rejects: Path | None = typer.Option(None, help="Folder for the rows that do not fit."),
    reason: str = typer.Option("", help="Why; kept in the history."),
    as_json: bool = typer.Option(False, "--json", help="Print the report as JSON."),
) -> None:
    """Import tables of the plain exchange format: .csv, .csv.gz or .xlsx."""
    with session() as store, progress() as tell:
        report = import_csv(
            store.database,
            store.catalogue,
            author(reason),
            path,
            source=source,
            scope=scope,
            rejects=rejects,
            progress=lambda phase, done, total: tell(f"{phase} {done:,} rows", done, total),
        )
    if as_json:
        print_json(report.as_dict())
    else:
        print_report(out(), report)


@app.command("list")
def list_runs(as_json: bool = typer.Option(False, "--json", help="Print JSON.")) -> None:
    """List the imports so far, newest first; `cmdb undo --import ID` takes one back."""
    with session() as store:
        found = runs(store.database)
    if as_json:
        print_json(found)
        return
    for run in found:
        out().print(f"{run['id']}  {run['started'][:19]}Z  {run['source']:<16} {run['status']}", markup=False)
