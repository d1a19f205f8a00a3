"""`cmdb ci sources | merge | split`: which records describe a CI, and which should."""

import typer

from api.cli.asking import CI, JSON, REASON
from api.cli.session import author, session
from api.cli.terminal import out, print_json, tell_revision
from api.tables.sources import print_sources
from cmdb.store import Target, ci_names, find_ci, merge, record_keys, split
from cmdb.store import sources as sources_of


def register(app: typer.Typer) -> None:
    """Add the commands to those about CIs."""
    for command in (sources, merge_, split_):
        app.command(command.__name__.rstrip("_"))(command)


def sources(ci: str = typer.Argument(help=CI), as_json: bool = JSON) -> None:
    """Show what each source says of a CI, attribute by attribute, and whom it follows."""
    with session() as store:
        id_ = find_ci(store.database, ci)
        found, names = sources_of(store, id_), ci_names(store.database, [id_])
    if as_json:
        print_json(found)
    else:
        print_sources(out(), names[id_], found)


def merge_(
    keep: str = typer.Argument(help=f"The CI that is kept. {CI}"),
    others: list[str] = typer.Argument(metavar="OTHER...", help="CIs that are the same thing."),
    reason: str = REASON,
) -> None:
    """Let one CI be what several were; the others' ids become names for it."""
    with session() as store:
        target, *losing = [Target(find_ci(store.database, ci)) for ci in (keep, *others)]
        tell_revision(merge(store, author(reason), target, losing))


def split_(
    ci: str = typer.Argument(help=CI),
    records: list[str] = typer.Argument(
        metavar="RECORD...", help="Records as `cmdb ci sources` names them: source/native_id."
    ),
    reason: str = REASON,
) -> None:
    """Let some of the records of a CI describe another, and print its id."""
    with session() as store:
        id_ = find_ci(store.database, ci)
        keys = record_keys(sources_of(store, id_), records)
        other, revision = split(store, author(reason), Target(id_), keys)
    out().print(other)
    tell_revision(revision)
