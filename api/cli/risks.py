"""`cmdb risk`: single points of failure that somebody answers for."""

from datetime import date

import typer

from api.cli.asking import CI, JSON
from api.cli.session import author, session
from api.cli.terminal import out, print_json, tell_revision
from api.tables.risks import print_risks
from cmdb.acceptance import Acceptance, accept, acceptances, withdraw
from cmdb.errors import InvalidInput
from cmdb.store import Store, find_ci

app = typer.Typer(
    name="risk",
    help="Single points of failure that somebody answers for; `cmdb spof` keeps them apart.",
    no_args_is_help=True,
)
SERVICE = typer.Option(None, help="The service that it is accepted for; unset: all.")


@app.command("accept")
def accept_(
    ci: str = typer.Argument(help=CI),
    reason: str = typer.Option(help="Why the risk is taken."),
    service: str | None = SERVICE,
    by: str | None = typer.Option(None, help="Who answers for it; unset: you."),
    until: str | None = typer.Option(
        None, metavar="DATE", help="The last day on which it holds, such as 2027-03-31; unset: no end."
    ),
) -> None:
    """Accept that a service, or any, is down without a CI."""
    last = _date(until) if until else None
    with session() as store:
        who = author(reason)
        service_id = _found(store, service)
        risk = Acceptance(find_ci(store.database, ci), by or who.actor, reason, last, service_id)
        tell_revision(accept(store.database, who, risk))


@app.command("withdraw")
def withdraw_(ci: str = typer.Argument(help=CI), service: str | None = SERVICE) -> None:
    """Accept it no longer."""
    with session() as store:
        ids = find_ci(store.database, ci), _found(store, service)
        tell_revision(withdraw(store.database, author(), *ids))


@app.command("list")
def list_(as_json: bool = JSON) -> None:
    """List what is accepted, and what was until its time was over."""
    with session() as store:
        found = acceptances(store.database)
        names = _names(store, found)
    if as_json:
        print_json(found)
    else:
        print_risks(out(), found, names)


def _found(store: Store, name: str | None) -> str | None:
    return find_ci(store.database, name) if name else None


def _names(store: Store, found: list[Acceptance]) -> dict[str, str]:
    ids = [id_ for one in found for id_ in (one.ci, one.service) if id_]
    rows = store.database.read(
        "UNWIND $ids AS id MATCH (ci:CI {id: id}) RETURN DISTINCT id, ci.name AS name", ids=ids
    )
    return {row["id"]: row["name"] for row in rows}


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput(f"{text!r} is no date. Write it as 2027-03-31.") from error
