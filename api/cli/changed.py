"""`cmdb changed`: what changed beneath a service."""

import typer

from api.cli.asking import CI, JSON
from api.cli.session import analyses, session
from api.cli.terminal import out, print_json
from api.cli.times import TIME, time_of


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(changed)


def changed(
    service: str = typer.Argument(help=CI),
    since: str = typer.Option(metavar="TIME", help=f"Since when. {TIME}"),
    as_json: bool = JSON,
) -> None:
    """Say what changed beneath a service: CIs and relationships in the graph, changes, deployments."""
    from api.practices.changed import changed_since
    from api.tables.differences import ends
    from api.tables.incidents import print_changed
    from cmdb.store import ci_names

    began = time_of(since)
    with session() as store:
        told = changed_since(store, analyses(store), service, began)
        spoken = {ci for one in told.carried_out for ci in one.cis}
        names = ci_names(store.database, {told.ci, *ends(told.differences), *spoken})
    if as_json:
        print_json(told)
    else:
        print_changed(out(), told, names)
