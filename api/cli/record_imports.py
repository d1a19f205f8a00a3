"""`cmdb import records`: records of other systems with their history."""

import os
from pathlib import Path

import typer

from api.cli.imports import told_options
from api.cli.session import author, session
from api.cli.terminal import out, print_json, progress


def register(app: typer.Typer) -> None:
    """Add the command to those that import."""
    app.command("records")(records)


def records(
    reader: str = typer.Argument(help="servicenow: exported tables; servicenow-log: an audit log."),
    location: str = typer.Argument(help="A file or a folder."),
    source: str = typer.Option(
        "servicenow", help="Whose records they are; their keys mean the same thing every time."
    ),
    dry_run: bool = typer.Option(False, "--dry-run", help="Say what would come of it, and write nothing."),
    options: list[str] = typer.Option(
        [],
        "-o",
        metavar="NAME=VALUE",
        help="An option: zone, times or encoding; may be repeated.",
    ),
    rejects: Path | None = typer.Option(None, help="Folder for the rows that do not fit."),
    reason: str = typer.Option("", help="Why; kept in the history."),
    as_json: bool = typer.Option(False, "--json", help="Print the report as JSON."),
) -> None:
    """Import incidents and changes with what happened to them; again, it goes on where it stopped."""
    from api.tables.reports import print_record_report
    from cmdb.practices import open_desk
    from importers import Origin
    from importers.records import import_records, record_reader

    origin = Origin(location, told_options(options), os.environ)
    reading = record_reader(reader)
    with session() as store, progress() as tell:
        report = import_records(
            open_desk(store),
            store.policies,
            author(reason),
            reading,
            origin,
            source=source,
            dry_run=dry_run,
            rejects=rejects,
            progress=lambda phase, done, total: tell(f"{phase} {done:,} records", done, total),
        )
    if as_json:
        print_json(report)
    else:
        print_record_report(out(), report)
