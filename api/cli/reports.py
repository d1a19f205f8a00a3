"""`cmdb report`: what incidents, outages, changes and releases come to."""

from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import typer

from api.cli.asking import JSON
from api.cli.session import session
from api.cli.terminal import err, out, print_json
from cmdb.errors import InvalidInput


class Period(StrEnum):
    """How long the periods are."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("report")(report)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no day; write 2026-11-21.") from error


SINCE: Any = typer.Option(
    None, "--from", parser=_day, metavar="DAY", help="The first day; unset: a year before the end."
)
UNTIL: Any = typer.Option(
    None, "--to", parser=_day, metavar="DAY", help="The day that it ends before; unset: tomorrow."
)


def report(
    name: str = typer.Argument("", help="Which report; unset: list them."),
    since: Any = SINCE,
    until: Any = UNTIL,
    by: Period = typer.Option(Period.MONTH, help="How long the periods are."),
    zone: str = typer.Option("UTC", help="The time zone of days, such as Europe/Berlin."),
    per: str = typer.Option("", help="Divide it by this, such as priority or team."),
    csv: Path | None = typer.Option(None, metavar="FILE", help="Write it as CSV."),
    svg: Path | None = typer.Option(None, metavar="FILE", help="Write its main column as a chart, in SVG."),
    as_json: bool = JSON,
) -> None:
    """Tell volume, times, rates, backlog, availability and success by period, against targets."""
    from api.practices.reports import report_csv, report_svg
    from api.tables.reports import print_figures
    from cmdb.practices import open_desk
    from cmdb.reports import Asked, make_report

    if not name:
        _list(as_json)
        return
    asked = Asked(since, until, by.value, zone, per)
    with session() as store:
        made = make_report(store, open_desk(store), name, asked, datetime.now(UTC))
    if csv:
        _write(csv, report_csv(made))
    if svg:
        _write(svg, report_svg(made))
    if as_json:
        print_json(made)
    elif not csv and not svg:
        print_figures(out(), made)


def _list(as_json: bool) -> None:
    from api.tables.reports import print_reports
    from cmdb.reports import REPORTS

    told = {name: (offer.title, offer.dividing) for name, offer in REPORTS.items()}
    if as_json:
        print_json([{"name": name, "title": title, "per": per} for name, (title, per) in told.items()])
    else:
        print_reports(out(), told)


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InvalidInput(f"{file} cannot be written: {error.strerror}.") from error
    err().print(f"Written to {file}.", markup=False)
