"""All commands, and what happens when one fails."""

import logging
import os
import sys

import typer

from api.cli import (
    applying,
    baselines,
    changed,
    changes,
    cis,
    comparisons,
    critical,
    demo,
    duplicates,
    expiries,
    health,
    impacts,
    imports,
    incidents,
    interruptions,
    known_errors,
    maps,
    neo4j,
    outages,
    paths,
    problems,
    record_imports,
    releases,
    reports,
    revisions,
    risks,
    root_causes,
    serving,
    single_points,
    sources,
    sweeping,
    sync,
    teams,
    tokens,
)
from api.cli.terminal import FAILED, explain
from cmdb.errors import LinchpinError

app = typer.Typer(
    name="cmdb",
    help="Linchpin: what your services are made of, and what really fails when something fails.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for module in (
    *(neo4j, imports, applying, impacts, interruptions, comparisons, maps, paths, single_points, critical),
    *(root_causes, changed),
    *(revisions, health, reports, expiries, demo, serving, sync, sweeping),
):
    module.register(app)
sources.register(cis.app)
record_imports.register(imports.app)
cis.app.command("decommission")(expiries.decommission)
app.add_typer(cis.app)
app.add_typer(duplicates.app)
app.add_typer(incidents.app)
app.add_typer(outages.app)
app.add_typer(problems.app)
app.add_typer(known_errors.app)
app.add_typer(baselines.app)
app.add_typer(teams.app)
app.add_typer(changes.app)
app.add_typer(releases.app)
app.add_typer(risks.app)
app.add_typer(tokens.app)


def main() -> None:
    """Run the command line. Exit codes: 0 done, 1 refused or failed, 2 wrong usage."""
    logging.getLogger("neo4j").setLevel(logging.ERROR)  # what it retries is no news to the user
    try:
        app()
    except LinchpinError as error:
        explain(error)
        sys.exit(FAILED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)
