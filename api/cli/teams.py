"""`cmdb team`: whom to tell, and who decides."""

from datetime import UTC, datetime

import typer

from api.cli.asking import JSON
from api.cli.session import author, session
from api.cli.terminal import out, print_json, tell_revision
from api.cli.times import TIME, time_of
from api.tables.teams import print_delegations, print_teams
from cmdb.people import (
    Team,
    delegate,
    delegations,
    end_delegation,
    save_teams,
    set_members,
    teams,
)

app = typer.Typer(name="team", help="Teams, how they are reached, and who is in them.", no_args_is_help=True)


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


@app.command()
def members(
    name: str = typer.Argument(help="The team."),
    people: list[str] = typer.Argument(None, help="All of them, by the names of their tokens or accounts."),
) -> None:
    """Say who is in a team, and so may decide for it on changes; nobody named: nobody is."""
    with session() as store:
        revision = set_members(store.database, author(), name, people or ())
    tell_revision(revision)


@app.command("delegate")
def delegate_(
    to: str = typer.Argument(help="Who decides in your place."),
    until: str = typer.Option(..., help=TIME),
    since: str = typer.Option("", "--from", help=f"{TIME} Unset: now."),
) -> None:
    """Give your right to decide on changes to somebody else, for a time."""
    with session() as store:
        begin = time_of(since) if since else datetime.now(UTC)
        revision = delegate(store.database, author(), to, begin, time_of(until))
    tell_revision(revision)


@app.command("end-delegation")
def end_delegation_(to: str = typer.Argument(help="To whom you have delegated.")) -> None:
    """Take back your right to decide."""
    with session() as store:
        revision = end_delegation(store.database, author(), to)
    tell_revision(revision)


@app.command("delegations")
def delegations_(as_json: bool = JSON) -> None:
    """List who decides on whose behalf, and until when."""
    with session() as store:
        found = delegations(store.database)
    if as_json:
        print_json(found)
    else:
        print_delegations(out(), found)
