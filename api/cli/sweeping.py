"""`cmdb sweep`: let time pass."""

import typer

from api.cli.asking import JSON, REASON
from api.cli.session import author, session
from api.cli.terminal import out, print_json
from cmdb.runs import sweep as sweep_


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(sweep)


def sweep(
    reason: str = REASON,
    as_json: bool = JSON,
) -> None:
    """Retire what has been missing for too long, and believe those less who said nothing for long.

    Run it daily: imports do so only for what they are about.
    """
    with session() as store:
        swept = sweep_(store.database, store.catalogue, author(reason))
    if as_json:
        print_json(swept)
        return
    told = (
        (swept.withdrawn, "had been missing for too long, and count no more"),
        (swept.stale, "are stale now, so that others are believed first"),
        (swept.fresh, "are stale no longer"),
        (swept.derived, "CIs depend on other things than before, by rules"),
    )
    for count, what in told:
        out().print(f"{count:>8,}  {what}")
