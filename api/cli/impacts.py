"""`cmdb impact` and `cmdb why`: what fails with something, and why."""

import typer

from api.cli.asking import CI, JSON, Options, asks
from api.cli.session import session
from api.cli.terminal import out, print_json
from api.tables.explanation import print_explanation
from api.tables.impact import print_impact
from cmdb.store import find_ci
from impact import ImpactEngine


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(asks(impact))
    app.command()(asks(why))


def impact(
    options: Options,
    failed: list[str] = typer.Argument(None, metavar="CI...", help=CI),
    limit: int = typer.Option(100, min=1, max=10_000, help="How many CIs to list."),
    cursor: str | None = typer.Option(None, help="`next` of the page before, for --json."),
    full: bool = typer.Option(False, "--all", help="List every CI, not only services."),
    as_json: bool = JSON,
) -> None:
    """Say what goes down, degrades or loses redundancy when CIs fail, and whom to tell."""
    if not (failed or options.degraded or options.scenario):
        raise typer.BadParameter("name at least one CI that fails, or one with --degraded")
    with session() as store:
        scenario = options.ask(store, failed or [])
        answer = ImpactEngine(store.database, store.catalogue).impact(scenario, limit, cursor)
    if as_json:
        print_json(answer)
    else:
        print_impact(out(), answer, full)


def why(
    options: Options,
    ci: str = typer.Argument(help=CI),
    failed: list[str] = typer.Option([], "--if-fails", help="A CI that fails; may be repeated."),
    as_json: bool = JSON,
) -> None:
    """Say why a CI is impacted, or what saves it, when others fail."""
    if not (failed or options.degraded or options.scenario):
        raise typer.BadParameter("name what fails with --if-fails, or what is degraded with --degraded")
    with session() as store:
        scenario = options.ask(store, failed)
        engine = ImpactEngine(store.database, store.catalogue)
        answer = engine.why(find_ci(store.database, ci), scenario)
    if as_json:
        print_json(answer)
    else:
        print_explanation(out(), answer)
