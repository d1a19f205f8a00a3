"""`cmdb compare`: what a difference makes."""

from pathlib import Path

import typer

from api.cli.asking import CI, JSON, Options, asks, read_question
from api.cli.session import analyses, session
from api.cli.terminal import out, print_json
from api.scenarios import Question
from api.tables.comparison import print_comparison

NO_DIFFERENCE = (
    "say what the difference is: --also or --instead what else fails, --add what is imagined, --since an "
    "earlier time, or any other option of a scenario"
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(asks(compare))


def compare(
    options: Options,
    failed: list[str] = typer.Argument(None, metavar="CI...", help=CI),
    also: list[str] = typer.Option([], help="What fails as well in the second; may be repeated."),
    instead: list[str] = typer.Option([], help="What fails in the second instead; may be repeated."),
    since: str | None = typer.Option(None, help="The time of the first, if it is not that of the second."),
    before: Path | None = typer.Option(None, help="A file with the question of the first, in JSON."),
    limit: int = typer.Option(100, min=1, max=10_000, help="How many CIs to list."),
    cursor: str | None = typer.Option(None, help="`next` of the page before, for --json."),
    as_json: bool = JSON,
) -> None:
    """Say what fares better or worse if, when CIs fail, all the options hold as well.

    What would a second switch buy us? cmdb compare core-a --add 'rack-7 connects_to core-b uplinks 1'
    """
    if not (failed or before or options.scenario):
        raise typer.BadParameter("name at least one CI that fails, or a file with --before")
    if not (also or instead or since or before) and options == Options(as_of=options.as_of):
        raise typer.BadParameter(NO_DIFFERENCE)
    with session() as store:
        first = read_question(before) if before else Question()
        first.failed += failed or []
        first.as_of = since or first.as_of or options.as_of
        second = options.ask(store, [*(instead or failed or []), *also])
        answer = analyses(store).compare(first.scenario(store), second, limit, cursor)
    if as_json:
        print_json(answer)
    else:
        print_comparison(out(), answer)
