"""`cmdb root-cause`: what explains alarms."""

from datetime import UTC, datetime

import typer

from api.cli.asking import AS_OF, CI, JSON
from api.cli.session import analyses, session
from api.cli.terminal import out, print_json
from api.tables.root_causes import print_root_causes
from cmdb.errors import InvalidInput

TIME = "2026-11-21T22:04Z"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("root-cause")(root_cause)


def root_cause(
    alarms: list[str] = typer.Argument(metavar="CI...", help=f"What alarms. {CI}"),
    onset: list[str] = typer.Option(
        [], metavar="CI=TIME", help="When the alarm of a CI began; may be repeated."
    ),
    healthy: list[str] = typer.Option([], help="A CI that is watched and fine; may be repeated."),
    since: str | None = typer.Option(
        None, metavar="TIME", help="Changes since then make CIs suspect; unset: as the policy has it."
    ),
    limit: int = typer.Option(5, min=1, max=100, help="How many explanations to list."),
    symptoms: int = typer.Option(3, min=0, max=1000, help="How many symptoms to show of each."),
    as_of: str | None = AS_OF,
    as_json: bool = JSON,
) -> None:
    """Rank what may have broken the CIs that alarm: single causes, small sets, or nothing in the CMDB.

    What is named neither as alarming nor as healthy is not monitored, and speaks against nothing.
    """
    from api.practices.root_causes import RootCauseQuestion, root_causes

    question = RootCauseQuestion(
        alarms=alarms,
        onsets=dict(map(_onset, onset)),
        healthy=healthy,
        as_of=as_of,
        since=_time(since) if since else None,
        most=limit,
        symptoms=symptoms,
    )
    with session() as store:
        answer = root_causes(store, analyses(store), question)
    if as_json:
        print_json(answer)
    else:
        print_root_causes(out(), answer)


def _onset(text: str) -> tuple[str, datetime]:
    """`CI=TIME`; a name may hold `=` itself."""
    name, found, time = text.rpartition("=")
    if not found:
        raise InvalidInput(f"{text!r} is no onset. Write CI=TIME, such as web01={TIME}.")
    return name, _time(time)


def _time(text: str) -> datetime:
    """A time; without a zone, UTC."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput(f"{text!r} is no time. Write it as {TIME}.") from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)
