"""`notify`: what those affected are told, shown or sent."""

from collections.abc import Callable

import typer

from api.cli.asking import JSON
from api.cli.records import NUMBER, Office, by, office, one_of
from api.cli.terminal import out, print_json
from cmdb.incidents import Notice
from cmdb.records import By
from cmdb.settings import Settings

Propose = Callable[[Office, str], Notice]
Send = Callable[[Office, Settings, By, str, Notice], list[str]]
"""Returns the addresses that were mailed."""


def add_notify(app: typer.Typer, kind: str, help_: str, propose: Propose, send: Send) -> None:
    """Add the command to those of a kind of record."""

    @app.command(help=help_)
    def notify(
        number: str = NUMBER,
        subject: str = typer.Option("", help="Unset: as proposed."),
        text: str = typer.Option("", help="Unset: as proposed."),
        to: list[str] = typer.Option([], help="Only this team of those proposed; may be repeated."),
        sending: bool = typer.Option(False, "--send", help="Send it; without, it is only shown."),
        as_json: bool = JSON,
    ) -> None:
        from api.practices.incident import chosen
        from api.tables.incidents import print_notice

        with office() as at_work:
            known = one_of(at_work.desk, kind, number).number
            notice = chosen(propose(at_work, known), subject, text, to)
            sent = send(at_work, Settings(), by(), known, notice) if sending else []
        if as_json:
            print_json({"notice": notice, "sent": sent})
        else:
            print_notice(out(), notice, sent)
