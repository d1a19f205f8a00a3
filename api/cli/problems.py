"""`cmdb problem`: what causes incidents, known or not."""

from typing import TYPE_CHECKING

import typer

from api.cli.asking import JSON
from api.cli.notices import add_notify
from api.cli.records import NOTE, NUMBER, Office, by, office, one_of, record_commands, show_record
from api.cli.session import analyses
from api.cli.terminal import out, print_json
from api.cli.times import TIME, time_of
from api.records import views
from api.tables.records import print_records
from cmdb.problems import incidents_of

if TYPE_CHECKING:
    from cmdb.incidents import Notice
    from cmdb.records import By
    from cmdb.settings import Settings
    from impact.recurrence import Period

app = record_commands("problem", "Problems: what causes incidents, known or not.")
KIND = "problem"
SINCE = typer.Option(None, metavar="TIME", help=f"Begin of the period; unset: half a year back. {TIME}")
UNTIL = typer.Option(None, metavar="TIME", help=f"Its end; unset: now. {TIME}")


@app.command()
def candidates(since: str | None = SINCE, until: str | None = UNTIL, as_json: bool = JSON) -> None:
    """List what could be a problem: what recurs more than chance would have it, major incidents, reports."""
    from api.practices.problem.candidates import candidates as found
    from api.tables.problems import print_candidates

    period = _period(since, until)
    with office() as at_work:
        told = found(at_work.store, analyses(at_work.store), period)
    if as_json:
        print_json(told)
    else:
        print_candidates(out(), told)


@app.command()
def accept(
    candidate: str = typer.Argument(help="As `candidates` calls it, such as provider/core-1."),
    since: str | None = SINCE,
    until: str | None = UNTIL,
    note: str = NOTE,
    as_json: bool = JSON,
) -> None:
    """Make a problem of a candidate, with its incidents and CIs, in one step."""
    from api.practices.problem.candidates import accept_candidate

    period = _period(since, until)
    with office() as at_work:
        engine = analyses(at_work.store)
        record = accept_candidate(at_work.store, at_work.desk, engine, by(note), candidate, period)
        show_record(at_work.desk, record, as_json)


@app.command()
def trends(
    since: str | None = SINCE,
    until: str | None = UNTIL,
    zone: str = typer.Option("UTC", help="Whose clocks tell weekdays and hours, such as Europe/Vienna."),
    as_json: bool = JSON,
) -> None:
    """Say which incidents become more frequent, by class, team, category and cause; and when they crowd."""
    from api.practices.problem.trends import incident_trends
    from api.tables.problems import print_trends

    period = _period(since, until)
    with office() as at_work:
        told = incident_trends(at_work.store, period, zone)
    if as_json:
        print_json(told)
    else:
        print_trends(out(), told)


@app.command()
def causes(
    number: str = NUMBER,
    incident: str | None = typer.Option(None, help="Only this one of its incidents."),
    limit: int = typer.Option(5, min=1, max=100, help="How many explanations to list."),
    as_json: bool = JSON,
) -> None:
    """Rank what may have caused its incidents, by all that they took down."""
    from api.practices.problem.causes import problem_causes
    from api.tables.root_causes import print_root_causes

    with office() as at_work:
        known = one_of(at_work.desk, KIND, number).number
        wanted = incident and incident.upper()
        answer = problem_causes(at_work.store, analyses(at_work.store), known, wanted, limit)
    if as_json:
        print_json(answer)
    else:
        print_root_causes(out(), answer)


@app.command()
def incidents(number: str = NUMBER, as_json: bool = JSON) -> None:
    """List the incidents that are put down to one, or that raised it."""
    with office() as at_work:
        known = one_of(at_work.desk, KIND, number).number
        told = views(at_work.desk, incidents_of(at_work.store.database, known))
    if as_json:
        print_json({"items": [one.model_dump(mode="json") for one in told]})
    else:
        print_records(out(), told)


def _notice(at_work: Office, number: str) -> "Notice":
    from api.practices.problem.notice import propose_notice

    return propose_notice(at_work.store, analyses(at_work.store), number)


def _send(at_work: Office, settings: "Settings", by_: "By", number: str, notice: "Notice") -> list[str]:
    from api.practices.problem.notice import send_notice

    return send_notice(at_work.store, at_work.desk, settings, by_, number, notice)[1]


add_notify(
    app,
    KIND,
    "Tell the owners of the services that suffered what the cause is: show it, or send and log it.",
    _notice,
    _send,
)


def _period(since: str | None, until: str | None) -> "Period":
    from api.practices.problem.periods import period_of

    return period_of(time_of(since) if since else None, time_of(until) if until else None)
