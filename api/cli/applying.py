"""`cmdb apply`: bring the graph in line with a document, after showing what that changes."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typer

from api.cli.asking import REASON
from api.cli.imports import RETIRE
from api.cli.session import author, session
from api.cli.terminal import FAILED, out, print_json
from api.tables.report import print_changes, print_report
from cmdb.catalogue import load_catalogue
from cmdb.errors import InvalidInput
from cmdb.runs import Report
from cmdb.settings import Settings
from importers import Origin, import_source, importer

DOCUMENT = "document"
NO_NEWS = frozenset({"unchanged", "rejected"})


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(apply)


def apply(
    path: Path | None = typer.Argument(
        None, metavar="FILE", help="A document of CIs, relationships and teams in YAML or JSON, or a folder."
    ),
    dry_run: bool = typer.Option(False, "--dry-run", help="Say what would change, and write nothing."),
    yes: bool = typer.Option(False, "--yes", help="Do not ask."),
    source: str = typer.Option(DOCUMENT, help="Whose view it is; its ids mean the same thing every time."),
    scope: str = typer.Option("", help="Part of the source that the document is about."),
    complete: bool = typer.Option(
        False, "--complete", help="It holds all there is of the scope: what it lacks is missing."
    ),
    retire_at_most: Any = RETIRE,
    reason: str = REASON,
    as_json: bool = typer.Option(False, "--json", help="Print the report as JSON."),
    schema: bool = typer.Option(False, "--schema", help="Print the JSON Schema of documents, for editors."),
) -> None:
    """Bring the graph in line with a document: show what would change, ask, and write it."""
    if schema:
        _print_schema()
        return
    if path is None:
        raise typer.BadParameter("Name a file, or ask for the --schema.", param_hint="FILE")
    if not (dry_run or yes or sys.stdin.isatty()):
        raise InvalidInput("Nobody is there to be asked: say --yes to apply it, or --dry-run to look.")
    with session() as store:
        take_in = partial(
            import_source,
            store.database,
            store.catalogue,
            author(reason),
            importer(DOCUMENT),
            Origin(str(path)),
            source=source,
            scope=scope,
            complete=complete,
            retire_at_most=retire_at_most,
        )
        report = take_in(dry_run=True) if dry_run else _applied(take_in, yes, as_json)
    if as_json:
        print_json(report)
    else:
        print_report(out(), report)
    if report.held:
        raise typer.Exit(FAILED)


def _applied(take_in: Callable[..., Report], yes: bool, quiet: bool) -> Report:
    """Apply what a person has seen and wants; returns the rehearsal where there is nothing to apply."""
    with TemporaryDirectory() as folder:
        rehearsal = take_in(dry_run=True, rejects=Path(folder))
    if rehearsal.held or not _says_something(rehearsal):
        return rehearsal
    if not quiet:
        print_changes(out(), rehearsal.changes)
    if not yes:
        typer.confirm("Apply this?", abort=True, err=True)
    return take_in()


def _says_something(report: Report) -> bool:
    outcomes = report.cis.keys() | report.relationships.keys()
    return bool(outcomes - NO_NEWS or report.teams["saved"] or report.missing or report.retired)


def _print_schema() -> None:
    # loaded here, since only this command needs what reads documents
    from importers.apply import document_schema

    print_json(document_schema(load_catalogue(Settings().catalogue)))
