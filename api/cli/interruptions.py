"""`cmdb interrupted`: for how long services are away."""

import typer

from api.cli.asking import CI, JSON, Options, asks
from api.cli.session import analyses, session
from api.cli.terminal import out, print_json
from api.tables.interruptions import print_interruptions


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(asks(interrupted))


def interrupted(
    options: Options,
    failed: list[str] = typer.Argument(None, metavar="CI...", help=CI),
    as_json: bool = JSON,
) -> None:
    """Say for how long each service is away when CIs fail for a time, and which wait or failover decides."""
    if not (failed or options.scenario):
        raise typer.BadParameter("name at least one CI that fails, and with --for how long")
    with session() as store:
        answer = analyses(store).interruptions(options.ask(store, failed or []))
    if as_json:
        print_json(answer)
    else:
        print_interruptions(out(), answer)
