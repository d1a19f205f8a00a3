"""`cmdb change`: what the board has before it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import typer

from api.cli.asking import JSON, seconds
from api.cli.records import NUMBER, by
from api.cli.terminal import out, print_json
from api.cli.times import TIME, time_of
from api.practices.change.bureau import Bureau
from api.tables.changes import print_agenda, print_collisions, print_windows
from cmdb.changes import Window
from cmdb.errors import InvalidInput

Opening = Callable[[], AbstractContextManager[Bureau]]
FROM = typer.Option(None, "--from", help=f"{TIME} Unset: now.")


def register(app: typer.Typer, bureau: Opening) -> None:
    """Add the commands."""
    _brief(app, bureau)
    _agenda(app, bureau)
    _collisions(app, bureau)


def _brief(app: typer.Typer, bureau: Opening) -> None:
    @app.command()
    def brief(
        number: str = NUMBER,
        as_html: bool = typer.Option(False, "--html", help="As HTML, set for A4."),
        to: Path | None = typer.Option(None, help="Into this file."),
        as_json: bool = JSON,
    ) -> None:
        """One printable page for the board: what, why, when, what suffers, risk, back-out, approvals."""
        from api.practices.change.brief import brief as page_of
        from api.practices.change.page import html, markdown

        with bureau() as at_work:
            told = page_of(at_work, number)
        if as_json:
            print_json(told)
        else:
            _write(html(told) if as_html else markdown(told), to)


def _agenda(app: typer.Typer, bureau: Opening) -> None:
    @app.command()
    def agenda(
        begin: str | None = FROM,
        within: str = typer.Option("14d", "--for", help="How far ahead: 20m, 4h, 14d."),
        as_json: bool = JSON,
    ) -> None:
        """List the changes ahead, the riskiest first, with decisions, conditions and minutes."""
        from api.practices.change.agenda import agenda as schedule

        start = time_of(begin) if begin else datetime.now(UTC)
        with bureau() as at_work:
            told = schedule(at_work, start, start + timedelta(seconds=seconds(within)))
        if as_json:
            print_json(told)
        else:
            print_agenda(out(), told)

    @app.command()
    def minute(number: str = NUMBER, text: str = typer.Argument(help="What was said.")) -> None:
        """Write into the log of a change what was said of it in a meeting."""
        from api.practices.change.agenda import minute as keep

        with bureau() as at_work:
            keep(at_work, by(), number, text)

    @app.command()
    def calendar(
        begin: str | None = FROM,
        within: str = typer.Option("90d", "--for", help="How far ahead."),
        to: Path | None = typer.Option(None, help="Into this file."),
    ) -> None:
        """Write the changes ahead as iCalendar."""
        from api.practices.change.calendar import change_calendar

        start = time_of(begin) if begin else datetime.now(UTC)
        window = Window(start=start, end=start + timedelta(seconds=seconds(within)))
        with bureau() as at_work:
            told = change_calendar(at_work.store, window)
        _write(told, to)


def _collisions(app: typer.Typer, bureau: Opening) -> None:
    @app.command()
    def collisions(number: str = NUMBER, as_json: bool = JSON) -> None:
        """List every change that a change collides with, and what they harm only together."""
        from api.practices.change.collisions import collisions_of

        with bureau() as at_work:
            told = collisions_of(at_work, at_work.change(number))
        if as_json:
            print_json(told)
        else:
            print_collisions(out(), told)

    @app.command()
    def windows(
        number: str = NUMBER,
        begin: str | None = FROM,
        limit: int = typer.Option(5, min=1, max=100, help="How many."),
        as_json: bool = JSON,
    ) -> None:
        """Suggest when a change could be done: no freeze, no collision, room for the back-out."""
        from api.practices.change.freezes import windows_for

        with bureau() as at_work:
            since = time_of(begin) if begin else None
            told = windows_for(at_work, at_work.change(number), since, limit)
        if as_json:
            print_json([one.model_dump(mode="json") for one in told])
        else:
            print_windows(out(), told)


def _write(text: str, to: Path | None) -> None:
    if to is None:
        print(text, end="")
        return
    try:
        to.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InvalidInput(f"{to} cannot be written: {error.strerror}.") from error
