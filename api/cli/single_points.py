"""`cmdb spof` and `cmdb cutsets`: what services have no second of."""

import typer

from api.cli.asking import CI, JSON, Options, asks
from api.cli.session import analyses, session
from api.cli.terminal import out, print_json
from api.tables.single_points import (
    print_all_single_points,
    print_cut_sets,
    print_exposures,
    print_single_points,
)
from cmdb.store import find_ci
from impact import AllSinglePoints, Exposures, SinglePoints

DURING = typer.Option([], "--during", help="A CI that is down meanwhile; may be repeated.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(asks(spof))
    app.command()(asks(cutsets))


def spof(
    options: Options,
    service: str | None = typer.Argument(None, metavar="[SERVICE]", help=CI),
    every: bool = typer.Option(False, "--all", help="Of all services, by what hangs on each."),
    exposed: bool = typer.Option(
        False, "--exposed", help="Of all services, only what is new while the scenario lasts."
    ),
    during: list[str] = DURING,
    limit: int = typer.Option(100, min=1, max=1_000, help="How many to list."),
    cursor: str | None = typer.Option(None, help="`next` of the page before, for --all --json."),
    as_json: bool = JSON,
) -> None:
    """List the single points of failure of a service, or of all; with --during, while CIs are down."""
    if (service is not None) + every + exposed != 1:
        raise typer.BadParameter("name a service, or ask for --all or --exposed")
    answer: SinglePoints | AllSinglePoints | Exposures
    with session() as store:
        engine = analyses(store)
        scenario = options.ask(store, during)
        if service is not None:
            answer = engine.single_points(find_ci(store.database, service), scenario, limit)
        elif every:
            answer = engine.all_single_points(scenario, limit, cursor)
        else:
            answer = engine.exposures(scenario, limit)
    if as_json:
        print_json(answer)
    else:
        _print(answer)


def _print(answer: SinglePoints | AllSinglePoints | Exposures) -> None:
    match answer:
        case SinglePoints():
            print_single_points(out(), answer)
        case AllSinglePoints():
            print_all_single_points(out(), answer)
        case Exposures():
            print_exposures(out(), answer)


def cutsets(
    options: Options,
    service: str = typer.Argument(help=CI),
    during: list[str] = DURING,
    largest: int = typer.Option(3, "--size", min=1, max=3, help="Most CIs of a set."),
    limit: int = typer.Option(1_000, min=1, max=100_000, help="Most sets to find."),
    seconds: float = typer.Option(10, min=0.001, max=600, help="When to end the search."),
    as_json: bool = JSON,
) -> None:
    """List the smallest sets of CIs that take a service down together, and say whether these are all."""
    with session() as store:
        engine = analyses(store)
        scenario = options.ask(store, during)
        answer = engine.cut_sets(find_ci(store.database, service), scenario, largest, limit, seconds)
    if as_json:
        print_json(answer)
    else:
        print_cut_sets(out(), answer)
