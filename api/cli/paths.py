"""`cmdb path` and `cmdb common`: how CIs hang together."""

from pathlib import Path

import typer

from api.cli.asking import AS_OF, CI, JSON
from api.cli.drawing import FORMAT, OUTPUT, Drawable, wanted
from api.cli.session import analyses, session
from api.cli.terminal import out, print_json
from api.formats import FormatName
from api.tables.paths import print_common, print_paths
from cmdb.store import find_ci


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(cls=Drawable)(path)
    app.command(cls=Drawable)(common)


def path(
    dependent: str = typer.Argument(metavar="FROM", help=CI),
    provider: str = typer.Argument(metavar="TO", help=CI),
    most: int = typer.Option(3, "--paths", min=1, max=10, help="Most paths that share no CI on the way."),
    as_of: str | None = AS_OF,
    form: FormatName | None = FORMAT,
    output: Path | None = OUTPUT,
    as_json: bool = JSON,
) -> None:
    """Say how one CI depends on another: the shortest path, and several that share nothing."""
    drawn = wanted(form, output)
    with session() as store:
        source, target = (find_ci(store.database, name) for name in (dependent, provider))
        answer = analyses(store).paths(source, target, most, as_of)
    if drawn:
        from impact.pictures.walks import paths_picture

        drawn.draw(paths_picture(answer))
    elif as_json:
        print_json(answer)
    else:
        print_paths(out(), answer)


def common(
    cis: list[str] = typer.Argument(metavar="CI...", help=CI),
    at_least: int | None = typer.Option(
        None, min=2, help="How many of the CIs must depend on a provider; unset: all of them."
    ),
    limit: int = typer.Option(20, min=1, max=1000, help="How many providers to list."),
    as_of: str | None = AS_OF,
    form: FormatName | None = FORMAT,
    output: Path | None = OUTPUT,
    as_json: bool = JSON,
) -> None:
    """Say which providers several CIs share, the nearest and most specific first."""
    drawn = wanted(form, output)
    with session() as store:
        ids = [find_ci(store.database, name) for name in cis]
        engine = analyses(store)
        answer = engine.common_providers(ids, at_least, limit, as_of)
    if drawn:
        from impact.pictures.walks import common_picture

        drawn.draw(common_picture(answer))
    elif as_json:
        print_json(answer)
    else:
        print_common(out(), answer)
