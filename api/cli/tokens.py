"""`cmdb token`: who may use the API."""

from datetime import timedelta

import typer

from api.cli.asking import JSON
from api.cli.session import session
from api.cli.terminal import err, out, print_json
from api.tables.tokens import print_tokens
from cmdb.access import Role, create_token, list_tokens, revoke_token

app = typer.Typer(name="token", help="Tokens for the API.", no_args_is_help=True)


@app.command()
def create(
    name: str = typer.Argument(help="Whose it is; the history names it as the actor."),
    role: Role = typer.Option(Role.VIEWER, help="What it may do."),
    days: int | None = typer.Option(None, min=1, help="Days until it expires; unset: never."),
) -> None:
    """Make a token and print it, this once."""
    with session() as store:
        secret = create_token(store.database, name, role, timedelta(days) if days else None)
    out().print(secret, markup=False)
    err().print("Keep it now: only its hash is stored, and it is not shown again.")


@app.command("list")
def list_(as_json: bool = JSON) -> None:
    """List tokens by name; never the secrets."""
    with session() as store:
        found = list_tokens(store.database)
    if as_json:
        print_json(found)
    else:
        print_tokens(out(), found)


@app.command()
def revoke(name: str = typer.Argument(help="Name of the token.")) -> None:
    """Make a token invalid for good."""
    with session() as store:
        revoke_token(store.database, name)
    err().print(f"{name} is revoked.")
