"""`cmdb map`: what a service stands on, and who depends on a CI."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from api.cli.asking import CI, JSON, Options, asks
from api.cli.drawing import FORMAT, OUTPUT, Drawable, wanted
from api.cli.session import analyses, session
from api.cli.terminal import out, print_json
from api.formats import FormatName
from api.tables.maps import print_dependents, print_map
from cmdb.errors import InvalidInput
from cmdb.store import Store, find_ci
from impact import Dependents, Limits, Scenario, ServiceMap

if TYPE_CHECKING:
    from impact.drawing import Picture


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("map", cls=Drawable)(asks(map_))


def map_(
    options: Options,
    ci: str = typer.Argument(help=CI),
    up: bool = typer.Option(False, "--up", help="The reverse: which services depend on the CI."),
    depth: int | None = typer.Option(None, min=1, max=1000, help="Most steps away; unset: any distance."),
    classes: list[str] = typer.Option(
        [], "--class", help="A class to show, with those that refine it; may be repeated."
    ),
    most: int = typer.Option(
        500, min=1, max=10_000, help="Most CIs; a map shows layers whole or not at all."
    ),
    failed: list[str] = typer.Option([], "--if-fails", help="A CI that fails; may be repeated."),
    form: FormatName | None = FORMAT,
    output: Path | None = OUTPUT,
    as_json: bool = JSON,
) -> None:
    """Say what a service stands on, layer by layer; with --up, which services depend on a CI."""
    limits = Limits(depth=depth, classes=frozenset(classes), most=most)
    drawn = wanted(form, output)
    with session() as store:
        scenario = options.ask(store, failed)
        answer = _answer(store, find_ci(store.database, ci), limits, scenario, up)
    if drawn:
        drawn.draw(_picture(answer))
    elif as_json:
        print_json(answer)
    elif isinstance(answer, Dependents):
        print_dependents(out(), answer)
    else:
        print_map(out(), answer)


def _answer(store: Store, ci: str, limits: Limits, scenario: Scenario, up: bool) -> ServiceMap | Dependents:
    engine = analyses(store)
    if not up:
        return engine.service_map(ci, limits, scenario)
    if scenario != Scenario(as_of=scenario.as_of):
        raise InvalidInput("--up tells what happens if the CI fails alone; leave the scenario out.")
    return engine.dependents(ci, limits, scenario.as_of)


def _picture(answer: ServiceMap | Dependents) -> "Picture":
    from impact.pictures.walks import dependents_picture, map_picture

    return dependents_picture(answer) if isinstance(answer, Dependents) else map_picture(answer)
