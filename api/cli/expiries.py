"""`cmdb expiries` and `cmdb ci decommission`: what ends, and what can go."""

from datetime import timedelta

import typer

from api.cli.asking import CI, JSON, seconds
from api.cli.session import analyses, session
from api.cli.terminal import FAILED, out, print_json
from api.tables.expiries import print_decommission, print_expiries


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("expiries")(expiries)


def expiries(
    within: str = typer.Option("90d", help="How far ahead: 90d."),
    as_json: bool = JSON,
) -> None:
    """List certificates, support and contracts that end soon or are over, each with what would suffer."""
    from api.practices.expiries import expiries as ending

    with session() as store:
        found = ending(store, analyses(store), timedelta(seconds=seconds(within)))
    if as_json:
        print_json([one.model_dump(mode="json", by_alias=True) for one in found])
    else:
        print_expiries(out(), found)


def decommission(ci: str = typer.Argument(help=CI), as_json: bool = JSON) -> None:
    """Check whether a CI can go: who depends on it, what is open, what ends; exit code 1 if it cannot."""
    from api.practices.decommission import decommission as check

    with session() as store:
        found = check(store, analyses(store), ci)
    if as_json:
        print_json(found.model_dump(mode="json", by_alias=True))
    else:
        print_decommission(out(), found)
    if not found.clear:
        raise typer.Exit(FAILED)
