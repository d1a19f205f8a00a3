"""`cmdb changed`: what changed beneath a service."""

from datetime import UTC, datetime

import typer

from api.cli.asking import CI, JSON
from api.cli.session import analyses, session
from api.cli.terminal import out, print_json
from cmdb.errors import InvalidInput


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(changed)


def changed(
    service: str = typer.Argument(help=CI),
    since: str = typer.Option(metavar="TIME", help="Since when, such as 2026-11-21T22:00Z."),
    as_json: bool = JSON,
) -> None:
    """Say what changed beneath a service: CIs and relationships in the graph, changes, deployments."""
    from api.practices.changed import changed_since
    from api.tables.differences import ends
    from api.tables.incidents import print_changed
    from cmdb.store import ci_names

    began = _time(since)
    with session() as store:
        told = changed_since(store, analyses(store), service, began)
        spoken = {ci for one in told.carried_out for ci in one.cis}
        names = ci_names(store.database, {told.ci, *ends(told.differences), *spoken})
    if as_json:
        print_json(told)
    else:
        print_changed(out(), told, names)


def _time(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise InvalidInput(
            f"{text!r} is no time. Write 2026-11-21T22:00Z; without a zone it is UTC."
        ) from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
