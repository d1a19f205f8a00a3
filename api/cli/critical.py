"""`cmdb critical`: what matters most."""

import typer

from api.cli.asking import AS_OF, JSON
from api.cli.session import analyses, session
from api.cli.terminal import out, print_json
from api.tables.critical import print_critical


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(critical)


def critical(
    classes: list[str] = typer.Option(
        [], "--class", help="A class to list, with those that refine it; may be repeated."
    ),
    limit: int = typer.Option(20, min=1, max=1_000, help="How many CIs to list."),
    cursor: str | None = typer.Option(None, help="`next` of the page before, for --json."),
    as_of: str | None = AS_OF,
    as_json: bool = JSON,
) -> None:
    """List the CIs that matter most: by the services that fall when each fails alone."""
    with session() as store:
        answer = analyses(store).critical(frozenset(classes), limit, cursor, as_of)
    if as_json:
        print_json(answer)
    else:
        print_critical(out(), answer)
