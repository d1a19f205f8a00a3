"""`cmdb import`: read a source into the graph."""

import os
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from api.cli.asking import JSON, REASON
from api.cli.session import author, session
from api.cli.terminal import FAILED, out, print_json, progress
from api.tables.importers import print_importers
from api.tables.report import print_report
from api.tables.runs import print_run, print_runs
from cmdb.errors import InvalidInput
from cmdb.runs import RETIRE_AT_MOST, run_of, runs
from importers import Origin, importer, importer_names, reading

SOURCE = "SOURCE"


class Sources(TyperGroup):
    """Commands; any other name is that of an importer, which is looked for when it is called for."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, or the one that reads sources."""
        return super().get_command(ctx, cmd_name) or super().get_command(ctx, SOURCE)


app = typer.Typer(
    name="import",
    cls=Sources,
    help="Read a source into the graph: `cmdb import csv estate/`, `cmdb import netbox https://…`.",
    no_args_is_help=True,
)


def register(main: typer.Typer) -> None:
    """Add the commands."""
    main.add_typer(app)


def share(text: str) -> float:
    """`20%` as 0.2; raises a usage error for anything else."""
    number = text.removesuffix("%")
    if not (text.endswith("%") and number.isascii() and number.isdecimal() and int(number) <= 100):
        raise typer.BadParameter(f"{text!r} is not a percentage from 0% to 100%.")
    return int(number) / 100


RETIRE = typer.Option(
    f"{RETIRE_AT_MOST:.0%}",
    parser=share,
    metavar="SHARE",
    help="With --complete: if more is missing at once, nothing is, and the import is held.",
)


@app.command(SOURCE)
def source_(
    context: typer.Context,
    location: str = typer.Argument(
        metavar="LOCATION", help="A file, a folder or an address, as the importer's page says."
    ),
    source: str = typer.Option(
        "", help="Whose view it is; its ids mean the same thing every time. Unset: the importer's name."
    ),
    scope: str = typer.Option("", help="Part of the source that this import is about."),
    complete: bool = typer.Option(
        False, "--complete", help="It holds all there is of the scope: what it lacks is missing."
    ),
    dry_run: bool = typer.Option(False, "--dry-run", help="Say what would change, and write nothing."),
    retire_at_most: Any = RETIRE,
    options: list[str] = typer.Option(
        [], "-o", metavar="NAME=VALUE", help="An option of the importer; may be repeated."
    ),
    rejects: Path | None = typer.Option(None, help="Folder for the rows that do not fit."),
    reason: str = REASON,
    as_json: bool = typer.Option(False, "--json", help="Print the report as JSON."),
) -> None:
    """Import with the importer of that name: csv, or one that `cmdb import sources` lists.

    Ends with 1 where the import is held, so that a person must look at it first.
    """
    name = str(context.info_name)
    take_in = reading(name, Origin(location, told_options(options), os.environ))
    with session() as store, progress() as tell:
        report = take_in(
            store.database,
            store.catalogue,
            author(reason),
            source=source or name,
            scope=scope,
            complete=complete,
            dry_run=dry_run,
            retire_at_most=retire_at_most,
            rejects=rejects,
            progress=lambda phase, done, total: tell(f"{phase} {done:,} rows", done, total),
        )
    if as_json:
        print_json(report)
    else:
        print_report(out(), report)
    if report.held:
        raise typer.Exit(FAILED)


@app.command("sources")
def sources_(as_json: bool = JSON) -> None:
    """List what can be imported, and which options each importer takes."""
    found = [importer(name) for name in importer_names()]
    if as_json:
        print_json([{"name": one.name, "title": one.title, "options": one.options} for one in found])
    else:
        print_importers(out(), found)


@app.command("list")
def list_(as_json: bool = JSON) -> None:
    """List the imports so far, newest first; `cmdb undo --import ID` takes one back."""
    with session() as store:
        found = runs(store.database)
    if as_json:
        print_json(found)
    else:
        print_runs(out(), found)


@app.command()
def show(run: str = typer.Argument(metavar="ID", help="Id of an import."), as_json: bool = JSON) -> None:
    """Show what an import did, and what did not fit."""
    with session() as store:
        found = run_of(store.database, run)
    if as_json:
        print_json(found)
    else:
        print_run(out(), found)


def told_options(options: list[str]) -> dict[str, str]:
    """`name=value`, several times, as a mapping; raises InvalidInput for anything else."""
    told = {}
    for text in options:
        name, equals, value = text.partition("=")
        if not equals:
            raise InvalidInput(f"{text!r} is not of the form name=value.")
        told[name.strip()] = value.strip()
    return told
