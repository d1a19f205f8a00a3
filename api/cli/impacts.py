"""`cmdb impact` and `cmdb why`: what fails with something, and why."""

from pathlib import Path

import typer

from api.cli.asking import CI, JSON, Options, asks
from api.cli.drawing import FORMAT, OUTPUT, Drawable, wanted
from api.cli.session import analyses, session
from api.cli.terminal import out, print_json
from api.formats import FormatName
from api.selecting import selection
from api.tables.explanation import print_explanation
from api.tables.groupings import Grouping
from api.tables.impact import print_impact
from cmdb.store import find_ci
from impact import Selection


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(cls=Drawable)(asks(impact))
    app.command()(asks(why))


def impact(
    options: Options,
    failed: list[str] = typer.Argument(None, metavar="CI...", help=CI),
    limit: int = typer.Option(100, min=1, max=10_000, help="How many CIs to list."),
    cursor: str | None = typer.Option(None, help="`next` of the page before, for --json."),
    full: bool = typer.Option(False, "--all", help="List every CI, not only services."),
    by: Grouping = typer.Option("class", help="How the counts are grouped."),
    classes: list[str] = typer.Option([], "--class", help="List CIs of this class; may be repeated."),
    states: list[str] = typer.Option(
        [], "--state", help="List CIs in this state, such as at_risk; may be repeated."
    ),
    teams: list[str] = typer.Option([], "--team", help="List CIs that this team owns; may be repeated."),
    sites: list[str] = typer.Option([], "--site", help="List CIs at this site; may be repeated."),
    services: bool = typer.Option(False, "--services", help="List services."),
    text: str = typer.Option("", help="List CIs with this in their name."),
    form: FormatName | None = FORMAT,
    output: Path | None = OUTPUT,
    as_json: bool = JSON,
) -> None:
    """Say what goes down, degrades or loses redundancy when CIs fail, and whom to tell."""
    if not (failed or options.degraded or options.scenario or options.current):
        raise typer.BadParameter("name at least one CI that fails, or one with --degraded, or --current")
    drawn = wanted(form, output)
    with session() as store:
        scenario = options.ask(store, failed or [])
        engine = analyses(store)
        chosen = selection(store, classes, states, teams, sites, services, text)
        if drawn:
            from impact.pictures import export_impact

            drawn.write(export_impact(engine.report(scenario), drawn.format, chosen))
            return
        answer = engine.impact(scenario, limit, cursor, chosen)
    if as_json:
        print_json(answer)
    else:
        print_impact(out(), answer, full, by, filtered=chosen != Selection())


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
        answer = analyses(store).why(find_ci(store.database, ci), scenario)
    if as_json:
        print_json(answer)
    else:
        print_explanation(out(), answer)
