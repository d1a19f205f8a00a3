"""`cmdb known-error`: what is known to fail, and what helps until a change ends it."""

import typer

from api.cli.asking import CI, JSON
from api.cli.records import office, record_commands
from api.cli.session import analyses
from api.cli.terminal import out, print_json
from cmdb.store import find_ci

app = record_commands("known_error", "Known errors: what helps until a change ends them.")


@app.command()
def offered(
    cis: list[str] = typer.Argument(metavar="CI...", help=f"What fails. {CI}"), as_json: bool = JSON
) -> None:
    """List the known errors of CIs and of all that they depend on, the nearest first."""
    from api.practices.problem.known_errors import known_errors_for
    from api.tables.problems import print_offered
    from impact.beneath import Foundation

    with office() as at_work:
        database = at_work.store.database
        ids = [find_ci(database, name) for name in cis]
        found = known_errors_for(database, Foundation(analyses(at_work.store).graph(), ids), ids)
    if as_json:
        print_json({"items": [one.model_dump(mode="json") for one in found]})
    else:
        print_offered(out(), found)
