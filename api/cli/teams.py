"""`cmdb team`: whom to tell."""

import typer

from api.cli.asking import JSON
from api.cli.session import author, session
from api.cli.terminal import out, print_json, tell_revision
from api.tables.teams import print_teams
from cmdb.people import Team, save_teams, teams

app = typer.Typer(name="team", help="Teams, and how they are reached.", no_args_is_help=True)


@app.command("list")
def list_(as_json: bool = JSON) -> None:
    """List teams by name."""
    with session() as store:
        found = teams(store.database)
    if as_json:
        print_json(found)
    else:
        print_teams(out(), found)


@app.command("set")
def set_(
    name: str = typer.Argument(help="The name that CIs give as owner, supported_by or used_by."),
    email: str = typer.Option("", help="Address."),
    chat: str = typer.Option("", help="Channel."),
    on_call: str = typer.Option("", help="When somebody is on call."),
    phone: str = typer.Option("", help="Number."),
) -> None:
    """Create a team, or change how it is reached."""
    with session() as store:
        saved = Team(name, email, chat, on_call, phone)
        revision = save_teams(store.database, author(), [saved])
    tell_revision(revision)
