"""`cmdb revisions`, `diff`, `undo`: what was done, what differs, and taking it back."""

import typer

from api.cli.asking import JSON, REASON
from api.cli.session import author, session
from api.cli.terminal import out, print_json, progress
from api.tables.differences import ends
from api.tables.revisions import print_differences, print_revision, print_revisions, print_undone
from cmdb.history import difference, events, latest, moment, recent
from cmdb.store import ci_names, undo, undo_run

MOMENT = "A revision's number, a time such as 2026-11-21T22:00Z, or a baseline's name."


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("revisions")(list_revisions)
    app.command()(diff)
    app.command("undo")(undo_)


def list_revisions(
    number: int | None = typer.Argument(None, help="One revision, with all that it did."),
    limit: int = typer.Option(20, min=1, max=1000, help="How many."),
    before: int | None = typer.Option(None, help="Only those before this one."),
    as_json: bool = JSON,
) -> None:
    """List revisions, newest first, or show what one did."""
    with session() as store:
        if number is None:
            found = recent(store.database, before, limit)
            print_json(found) if as_json else print_revisions(out(), found)
            return
        revision = moment(store.database, str(number))
        done = events(store.database, number)
    if as_json:
        print_json({"revision": revision, "events": done})
    else:
        print_revision(out(), revision, done)


def diff(
    earlier: str = typer.Argument(help=MOMENT),
    later: str | None = typer.Argument(None, help=MOMENT + " Unset: now."),
    as_json: bool = JSON,
) -> None:
    """Say what differs between two moments: what drifted from a baseline, for one."""
    with session() as store:
        first = moment(store.database, earlier)
        second = moment(store.database, later) if later else latest(store.database)
        found = difference(store.database, first.seq, second.seq)
        names = ci_names(store.database, ends(found))
    if as_json:
        print_json({"earlier": first, "later": second, "differences": found})
    else:
        print_differences(out(), first, second, found, names)


def undo_(
    number: int | None = typer.Argument(None, help="Number of a revision."),
    run: str | None = typer.Option(None, "--import", help="Id of an import: undo all of it."),
    reason: str = REASON,
    as_json: bool = JSON,
) -> None:
    """Take back a revision or a whole import, by new revisions; lists what was built on it since."""
    if (number is None) == (run is None):
        raise typer.BadParameter("name either a revision or --import")
    with session() as store:
        if run is None:
            assert number is not None
            undone = [undo(store, author(reason), number)]
        else:
            with progress() as tell:
                undone = undo_run(
                    store, author(reason), run, lambda done, total: tell("undoing", done, total)
                )
    if as_json:
        print_json(undone)
    else:
        print_undone(out(), undone)
