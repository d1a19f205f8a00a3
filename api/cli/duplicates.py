"""`cmdb duplicates`: what may be one thing, and people's decisions."""

import typer

from api.cli.asking import JSON, REASON
from api.cli.session import author, session
from api.cli.terminal import out, print_json, tell_revision
from api.duplicates import told
from api.tables.duplicates import print_case, print_cases
from cmdb.identity import open_cases
from cmdb.store import Target, find_case, find_ci, keep_case_apart, merge_case

app = typer.Typer(
    name="duplicates",
    help="Cases in which it is a question whether several records are one thing.",
    no_args_is_help=True,
)
KEY = typer.Argument(metavar="KEY", help="A case, by the name that `cmdb duplicates list` gives it.")


@app.command("list")
def list_(as_json: bool = JSON) -> None:
    """List the open cases."""
    with session() as store:
        found = told(store, open_cases(store.database, store.catalogue))
    if as_json:
        print_json([case.model_dump() for case in found])
    else:
        print_cases(out(), found)


@app.command()
def show(key: str = KEY, as_json: bool = JSON) -> None:
    """Show the records of a case, and what speaks for and against their being one thing."""
    with session() as store:
        (found,) = told(store, [find_case(store, key)])
    if as_json:
        print_json(found)
    else:
        print_case(out(), found)


@app.command()
def merge(
    key: str = KEY,
    into: str | None = typer.Option(
        None, metavar="CI", help="The CI that is kept, with its id; unset: the oldest of the case."
    ),
    reason: str = REASON,
) -> None:
    """Decide that it is one thing: one CI is kept, and the others' ids become names for it."""
    with session() as store:
        target = Target(find_ci(store.database, into)) if into else None
        id_, revision = merge_case(store, author(reason), key, target)
    out().print(id_)
    tell_revision(revision)


@app.command()
def apart(key: str = KEY, reason: str = REASON) -> None:
    """Decide that the CIs are different things, whatever they share."""
    with session() as store:
        tell_revision(keep_case_apart(store, author(reason), key))
