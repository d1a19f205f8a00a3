"""`cmdb incident`: what was interrupted, and what Linchpin knows of it."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from api.cli.asking import JSON
from api.cli.notices import add_notify
from api.cli.records import AT, NUMBER, Office, by, office, one_of, record_commands, show_record
from api.cli.session import analyses
from api.cli.terminal import out, print_json
from cmdb.records import By, Edit, Record

if TYPE_CHECKING:
    from api.practices.incident import IncidentPractice
    from cmdb.incidents import Notice
    from cmdb.settings import Settings

KIND = "incident"


def _follow(at_work: Office, by_: By, record: Record, edit: Edit) -> Record:
    """Propose the impact where links were written."""
    if not (edit.links or edit.unlinked):
        return record
    from api.practices.incident import follow_links

    return follow_links(_practice(at_work), by_, record, edit)


app = record_commands(
    KIND, "Incidents: services that were interrupted, or work worse than they should.", _follow
)


@app.command()
def page(number: str = NUMBER, as_json: bool = JSON) -> None:
    """Show all that helps to diagnose one: causes, changes, known errors, similar ones, whom to ask."""
    from api.practices.incident import incident_page
    from api.tables.incidents import print_page

    with office() as at_work:
        told = incident_page(_practice(at_work), one_of(at_work.desk, KIND, number).number)
    if as_json:
        print_json(told)
    else:
        print_page(out(), told)


@app.command()
def assess(number: str = NUMBER, as_json: bool = JSON) -> None:
    """Propose the impact of one from the graph, and its outages; a person's word on it stays."""
    from api.practices.incident import propose

    with office() as at_work:
        known = one_of(at_work.desk, KIND, number).number
        show_record(at_work.desk, propose(_practice(at_work), by(), known), as_json)


@app.command()
def alerts(
    place: str = typer.Argument(
        metavar="PATH_OR_URL", help="A file with alerts, or the address of a Prometheus."
    ),
    as_json: bool = JSON,
) -> None:
    """Take in alerts: what /api/v1/alerts of Prometheus answers, or a saved post of Alertmanager."""
    from api.practices.incident import read_alerts, take
    from api.tables.incidents import print_taken

    told = read_alerts(place)
    with office() as at_work:
        taken = take(_practice(at_work), by(), told)
    if as_json:
        print_json(taken)
    else:
        print_taken(out(), taken)


@app.command()
def sweep(as_json: bool = JSON) -> None:
    """Write down what clocks have come to, and escalate; run it every minute, it does nothing twice."""
    from api.practices.incident import sweep_incidents
    from api.tables.incidents import print_swept

    with office() as at_work:
        swept = sweep_incidents(_practice(at_work), by(), datetime.now(UTC))
    if as_json:
        print_json(swept)
    else:
        print_swept(out(), swept)


@app.command()
def escalate(
    number: str = NUMBER,
    to: str = typer.Option(help="The team that takes over, or with --hierarchical who is drawn in."),
    hierarchical: bool = typer.Option(False, "--hierarchical", help="Draw in management; the team stays."),
    note: str = typer.Option(help="Why."),
    as_json: bool = JSON,
) -> None:
    """Escalate one: to another team, or to management."""
    from cmdb.incidents import escalate as escalate_

    with office() as at_work:
        known = one_of(at_work.desk, KIND, number).number
        show_record(at_work.desk, escalate_(at_work.desk, by(note), known, to, hierarchical), as_json)


@app.command()
def major(
    number: str = NUMBER,
    manager: str | None = typer.Option(None, help="Who leads it."),
    end: bool = typer.Option(False, "--end", help="It is none any longer."),
    note: str = typer.Option(help="Why."),
    at: str | None = AT,
    as_json: bool = JSON,
) -> None:
    """Declare one a major incident, or end that."""
    from api.practices.incident import set_major

    if (manager is None) != end:
        raise typer.BadParameter("say who leads it with --manager, or end it with --end")
    with office() as at_work:
        known = one_of(at_work.desk, KIND, number).number
        show_record(at_work.desk, set_major(_practice(at_work), by(note, at), known, manager), as_json)


def _notice(at_work: Office, number: str) -> "Notice":
    from api.practices.incident import propose_notice

    return propose_notice(_practice(at_work), number)


def _send(at_work: Office, settings: "Settings", by_: By, number: str, notice: "Notice") -> list[str]:
    from api.practices.incident import send_notice

    return send_notice(_practice(at_work), settings, by_, number, notice)[1]


add_notify(
    app,
    KIND,
    "Inform those affected: show what would be told to whom, or tell it and keep that in the log.",
    _notice,
    _send,
)


def _practice(at_work: Office) -> "IncidentPractice":
    from api.practices.incident import IncidentPractice

    return IncidentPractice.of(at_work.store, at_work.desk, analyses(at_work.store))
