"""`cmdb sync`: import sources on a schedule."""

import os
import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from api.cli.session import author, session
from api.cli.terminal import FAILED, err
from cmdb.errors import InvalidInput
from cmdb.runs import Report
from cmdb.settings import Settings
from cmdb.store import Store
from importers import import_source, importer

if TYPE_CHECKING:
    from api.sync import Source


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(sync)


def sync(
    path: Path = typer.Argument(help="A TOML file that names the sources."),
    names: list[str] | None = typer.Argument(None, metavar="SOURCE", help="Only these of them."),
    once: bool = typer.Option(False, "--once", help="Run each source once, now, and end."),
) -> None:
    """Import sources on their schedules until Ctrl-C or SIGTERM; `cmdb import list` tells what was run."""
    # loaded here, since only this command needs what schedules and alerts
    from api.sync import Alerter, Outcome, Runner, read_configuration, run_on_schedule

    configuration = read_configuration(path)
    sources = _chosen(configuration.sources, names or [])
    folder = Settings().home.expanduser().absolute() / "sync"
    with session() as store:
        runner = Runner(
            folder,
            lambda source: _import(store, source, folder / "rejected" / source.name),
            Alerter(configuration.alerts, _tell),
            _tell,
        )
        if not once:
            run_on_schedule(sources, runner)
        elif {Outcome.FAILED, Outcome.HELD} & {runner.now(source) for source in sources}:
            raise typer.Exit(FAILED)


def _chosen(sources: Sequence["Source"], names: Sequence[str]) -> list["Source"]:
    known = [source.name for source in sources]
    if unknown := [name for name in names if name not in known]:
        raise InvalidInput(f"No source is called {', '.join(unknown)}; there are {', '.join(known)}.")
    return [source for source in sources if source.name in names or not names]


def _import(store: Store, source: "Source", rejects: Path) -> Report:
    shutil.rmtree(rejects, ignore_errors=True)
    report = import_source(
        store.database,
        store.catalogue,
        author("cmdb sync"),
        importer(source.importer),
        source.origin(os.environ),
        source=source.name,
        scope=source.scope,
        complete=source.complete,
        rejects=rejects,
    )
    counts = {"CIs": report.cis, "relationships": report.relationships}
    for table, outcomes in counts.items():
        _tell(f"{source.name}: {table}: {', '.join(f'{n} {what}' for what, n in outcomes.items()) or 'none'}")
    return report


def _tell(line: str) -> None:
    err().print(f"{datetime.now().astimezone().isoformat(timespec='seconds')} {line}", markup=False)
