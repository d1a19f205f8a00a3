"""`cmdb ci`: look at CIs and change them."""

import typer

from api.cli.asking import CI, JSON, REASON
from api.cli.session import author, session
from api.cli.terminal import out, print_json, tell_revision
from api.tables.ci import print_ci, print_cis, print_history
from api.tables.differences import ends
from cmdb.errors import InvalidInput
from cmdb.history import timeline
from cmdb.store import (
    Filter,
    Link,
    Page,
    Target,
    ci_names,
    create_cis,
    find_ci,
    get_ci,
    list_cis,
    purge,
    relate,
    relationships,
    restore,
    retire,
    search,
    unrelate,
    update_cis,
)

app = typer.Typer(name="ci", help="Look at configuration items and change them.", no_args_is_help=True)

VALUES = "attribute=value; attribute= clears it."
GROUP = typer.Option("", help="Redundancy group of the dependent.")


@app.command("list")
def list_(
    class_: str | None = typer.Option(None, "--class", help="Of this class and its descendants."),
    status: str | None = typer.Option(None, help="With this status."),
    environment: str | None = typer.Option(None, help="Of this environment."),
    owner: str | None = typer.Option(None, help="Owned by this team."),
    retired: bool = typer.Option(False, "--retired", help="Retired ones instead of current ones."),
    limit: int = typer.Option(50, min=1, max=1000, help="How many."),
    cursor: str | None = typer.Option(None, help="`next` of the page before."),
    as_json: bool = JSON,
) -> None:
    """List CIs by name."""
    with session() as store:
        label = store.catalogue.ci_class(class_).label if class_ else None
        wanted = Filter(label, status, environment, owner, retired)
        found = list_cis(store.database, wanted, Page(limit, cursor))
    if as_json:
        print_json({"items": found.items, "next": found.next})
    else:
        print_cis(out(), found)


@app.command("search")
def search_(
    text: str = typer.Argument(help="Words of a name, description, address or serial number."),
    limit: int = typer.Option(20, min=1, max=1000, help="How many."),
    as_json: bool = JSON,
) -> None:
    """Find CIs by words."""
    with session() as store:
        found = search(store.database, text, Page(limit))
    if as_json:
        print_json({"items": found.items, "next": found.next})
    else:
        print_cis(out(), found)


@app.command()
def show(ci: str = typer.Argument(help=CI), as_json: bool = JSON) -> None:
    """Show a CI, what it depends on, and what depends on it."""
    with session() as store:
        id_ = find_ci(store.database, ci)
        found, related = get_ci(store.database, id_), relationships(store.database, id_)
    if as_json:
        print_json({"ci": found, "relationships": related})
    else:
        print_ci(out(), found, related)


@app.command()
def history(ci: str = typer.Argument(help=CI), as_json: bool = JSON) -> None:
    """Show every revision that touched a CI or its relationships, newest first."""
    with session() as store:
        entries = timeline(store.database, find_ci(store.database, ci))
        names = ci_names(store.database, ends(one for entry in entries for one in entry.differences))
    if as_json:
        print_json(entries)
    else:
        print_history(out(), entries, names)


@app.command()
def create(
    class_: str = typer.Argument(metavar="CLASS", help="Class as in the catalogue."),
    name: str = typer.Argument(help="What people call it."),
    values: list[str] = typer.Argument(None, help=VALUES),
    reason: str = REASON,
) -> None:
    """Create a CI."""
    with session() as store:
        attributes = {**_values(values or []), "class": class_, "name": name}
        (id_,), revision = create_cis(store, author(reason), [attributes])
        out().print(id_)
        tell_revision(revision)


@app.command("set")
def set_(
    ci: str = typer.Argument(help=CI),
    values: list[str] = typer.Argument(help=VALUES),
    reason: str = REASON,
) -> None:
    """Change attributes of a CI; what a person says wins over every source."""
    with session() as store:
        target = Target(find_ci(store.database, ci))
        tell_revision(update_cis(store, author(reason), [(target, _values(values))]))


@app.command("relate")
def relate_(
    dependent: str = typer.Argument(help=CI),
    type_: str = typer.Argument(metavar="TYPE", help="Relationship type, such as runs_on."),
    provider: str = typer.Argument(help=CI),
    group: str = GROUP,
    need: str | None = typer.Option(None, help="Members that must be up: a count, or such as 60%."),
    strength: str | None = typer.Option(None, help="hard, soft, guard or none."),
    weight: int | None = typer.Option(None, help="Counts instead of the member."),
    reason: str = REASON,
) -> None:
    """State that one CI depends on another."""
    with session() as store:
        link = Link(
            find_ci(store.database, dependent),
            type_,
            find_ci(store.database, provider),
            group,
            {"need": need, "strength": strength, "weight": weight},
        )
        tell_revision(relate(store, author(reason), [link]))


@app.command("unrelate")
def unrelate_(
    dependent: str = typer.Argument(help=CI),
    type_: str = typer.Argument(metavar="TYPE", help="Relationship type, such as runs_on."),
    provider: str = typer.Argument(help=CI),
    group: str = GROUP,
    reason: str = REASON,
) -> None:
    """Take a dependency back; if a source asserts it, deny it."""
    with session() as store:
        ends = find_ci(store.database, dependent), find_ci(store.database, provider)
        tell_revision(unrelate(store, author(reason), [Link(ends[0], type_, ends[1], group)]))


@app.command("retire")
def retire_(cis: list[str] = typer.Argument(metavar="CI...", help=CI), reason: str = REASON) -> None:
    """Take CIs out of the current graph; their history stays."""
    with session() as store:
        tell_revision(retire(store, author(reason), [Target(find_ci(store.database, ci)) for ci in cis]))


@app.command("restore")
def restore_(cis: list[str] = typer.Argument(metavar="CI...", help=CI), reason: str = REASON) -> None:
    """Bring retired CIs back, with their relationships."""
    with session() as store:
        tell_revision(restore(store, author(reason), [Target(find_ci(store.database, ci)) for ci in cis]))


@app.command("purge")
def purge_(
    cis: list[str] = typer.Argument(metavar="CI...", help=CI),
    yes: bool = typer.Option(False, "--yes", help="Do not ask."),
    reason: str = REASON,
) -> None:
    """Erase retired CIs with all their history; this cannot be undone."""
    if not yes:
        typer.confirm(f"Erase {', '.join(cis)} and all their history for good?", abort=True)
    with session() as store:
        tell_revision(purge(store, author(reason), [Target(find_ci(store.database, ci)) for ci in cis]))


def _values(texts: list[str]) -> dict[str, str | None]:
    values: dict[str, str | None] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise InvalidInput(f"{text!r} is not of the form attribute=value.")
        values[name.strip()] = value.strip() or None
    return values
