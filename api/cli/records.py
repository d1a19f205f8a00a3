"""What `cmdb incident`, `cmdb problem`, `cmdb change` and the others have in common."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import typer

from api.cli.asking import CI, JSON
from api.cli.session import author, session
from api.cli.terminal import out, print_json
from api.cli.times import TIME, time_of
from api.records import AttachedFile, Changes, RelatedRecord, log_view, view, views
from api.tables.records import print_log, print_record, print_records
from cmdb.access import Actor, Role
from cmdb.errors import InvalidInput
from cmdb.practices import open_desk
from cmdb.records import (
    By,
    Desk,
    Edit,
    Record,
    Wanted,
    edit_record,
    get_record,
    list_records,
    open_record,
    read_log,
    search_records,
    transition,
)
from cmdb.store import Store, find_ci

NUMBER = typer.Argument(help="Number of the record, such as INC-000123.")
VALUES = typer.Argument(
    None,
    metavar="[FIELD=VALUE]...",
    help="field=value; field= clears it; field=@FILE takes JSON from a file.",
)
LINKS = typer.Option([], "--ci", metavar="CI[=CONDITION]", help=f"{CI} May be repeated.")
UNLINKED = typer.Option([], "--unlink", metavar="CI", help="A CI to let go; may be repeated.")
RELATED = typer.Option([], "--relate", metavar="TYPE=NUMBER", help="Another record; may be repeated.")
UNRELATED = typer.Option([], "--unrelate", metavar="TYPE=NUMBER", help="A relation to end; may be repeated.")
ATTACHED = typer.Option([], "--attach", metavar="NAME=URL", help="Something kept elsewhere; may be repeated.")
NOTE = typer.Option("", help="What you have to say to it; kept in the log.")
AT = typer.Option(None, metavar="TIME", help=f"When it happened; unset: now. {TIME}")


@dataclass(frozen=True, slots=True)
class Office:
    """What the commands about records work with."""

    store: Store
    desk: Desk


Follow = Callable[[Office, By, Record, Edit], Record]
"""What follows from an edit; returns the record as it is then."""


def as_written(_office: Office, _by: By, record: Record, _edit: Edit) -> Record:
    """Nothing follows."""
    return record


@contextmanager
def office() -> Iterator[Office]:
    """The store of the settings and its desk."""
    with session() as store:
        yield Office(store, open_desk(store))


def by(note: str = "", at: str | None = None) -> By:
    """The person at the keyboard, who may do everything there."""
    who = author()
    return By(Actor(who.actor, Role.ADMINISTRATOR), who.origin, note, time_of(at) if at else None)


def show_record(desk: Desk, record: Record, as_json: bool = False) -> None:
    """Print a record."""
    told = view(desk, record)
    if as_json:
        print_json(told)
    else:
        print_record(out(), told)


def record_commands(kind: str, help_: str, follow: Follow = as_written) -> typer.Typer:
    """The commands that every kind of record has; `follow` does what follows from an edit."""
    app = typer.Typer(name=kind.replace("_", "-"), help=help_, no_args_is_help=True)
    _opening(app, kind, follow)
    _listing(app, kind)
    _reading(app, kind)
    _editing(app, kind, follow)
    _stepping(app, kind, follow)
    return app


def _opening(app: typer.Typer, kind: str, follow: Follow) -> None:
    @app.command("open", help=f"Open a record of the kind {kind}.")
    def open_(
        title: str = typer.Argument(help="What it is about, in a line."),
        values: list[str] = VALUES,
        links: list[str] = LINKS,
        related: list[str] = RELATED,
        attached: list[str] = ATTACHED,
        note: str = NOTE,
        at: str | None = AT,
        as_json: bool = JSON,
    ) -> None:
        told = changes([f"title={title}", *(values or [])], links, related=related, attached=attached)
        with office() as at_work:
            edit, who = told.edit(at_work.store.database), by(note, at)
            record = open_record(at_work.desk, who, kind, edit)
            show_record(at_work.desk, follow(at_work, who, record, edit), as_json)


def _listing(app: typer.Typer, kind: str) -> None:
    @app.command("list", help="List the open ones, the newest first.")
    def list_(
        all_: bool = typer.Option(False, "--all", help="Closed ones too."),
        state: list[str] = typer.Option([], help="In this state, open or not; may be repeated."),
        ci: str | None = typer.Option(None, help=f"About this CI. {CI}"),
        where: list[str] = typer.Option([], metavar="FIELD=VALUE", help="May be repeated."),
        limit: int = typer.Option(50, min=1, max=1000, help="How many."),
        cursor: str | None = typer.Option(None, help="`next` of the page before."),
        as_json: bool = JSON,
    ) -> None:
        with office() as at_work:
            wanted = Wanted(
                kind=kind,
                open=None if all_ or state else True,
                states=state or None,
                ci=find_ci(at_work.store.database, ci) if ci else None,
                fields=pairs(where, "FIELD=VALUE"),
            )
            found = list_records(at_work.desk.database, wanted, limit, cursor)
            told = views(at_work.desk, list(found.items))
        if as_json:
            print_json({"items": [one.model_dump(mode="json") for one in told], "next": found.next})
        else:
            print_records(out(), told, found.next is not None)

    @app.command("search", help="Find some by words of their number, title or description.")
    def search(
        text: str = typer.Argument(help="Words."),
        limit: int = typer.Option(20, min=1, max=1000, help="How many."),
        as_json: bool = JSON,
    ) -> None:
        with office() as at_work:
            told = views(at_work.desk, search_records(at_work.desk.database, text, kind, limit))
        if as_json:
            print_json({"items": [one.model_dump(mode="json") for one in told]})
        else:
            print_records(out(), told)


def _reading(app: typer.Typer, kind: str) -> None:
    @app.command(help="Show one, and the steps that can be taken from here.")
    def show(number: str = NUMBER, as_json: bool = JSON) -> None:
        with office() as at_work:
            show_record(at_work.desk, one_of(at_work.desk, kind, number), as_json)

    @app.command(help="Show all that happened to one, and whether the log is as it was written.")
    def log(number: str = NUMBER, as_json: bool = JSON) -> None:
        with office() as at_work:
            record = one_of(at_work.desk, kind, number)
            told = log_view(record, read_log(at_work.desk.database, record.number))
        if as_json:
            print_json(told)
        else:
            print_log(out(), told)


def _editing(app: typer.Typer, kind: str, follow: Follow) -> None:
    @app.command("set", help="Change what one says.")
    def set_(
        number: str = NUMBER,
        values: list[str] = VALUES,
        links: list[str] = LINKS,
        unlinked: list[str] = UNLINKED,
        related: list[str] = RELATED,
        unrelated: list[str] = UNRELATED,
        attached: list[str] = ATTACHED,
        note: str = NOTE,
        at: str | None = AT,
        as_json: bool = JSON,
    ) -> None:
        told = changes(values, links, unlinked, related, unrelated, attached)
        with office() as at_work:
            known = one_of(at_work.desk, kind, number).number
            edit, who = told.edit(at_work.store.database), by(note, at)
            record = edit_record(at_work.desk, who, known, edit)
            show_record(at_work.desk, follow(at_work, who, record, edit), as_json)

    @app.command("note", help="Write into the log of one.")
    def note_(number: str = NUMBER, text: str = typer.Argument(help="What you have to say.")) -> None:
        with office() as at_work:
            known = one_of(at_work.desk, kind, number).number
            edit_record(at_work.desk, by(text), known, Changes().edit(at_work.store.database))


def _stepping(app: typer.Typer, kind: str, follow: Follow) -> None:
    @app.command("do", help="Take one a step further; `show` names the steps.")
    def do(
        number: str = NUMBER,
        step: str = typer.Argument(help="The step."),
        values: list[str] = VALUES,
        links: list[str] = LINKS,
        related: list[str] = RELATED,
        attached: list[str] = ATTACHED,
        note: str = NOTE,
        at: str | None = AT,
        as_json: bool = JSON,
    ) -> None:
        told = changes(values, links, related=related, attached=attached)
        with office() as at_work:
            known = one_of(at_work.desk, kind, number).number
            edit, who = told.edit(at_work.store.database), by(note, at)
            record = transition(at_work.desk, who, known, step, edit)
            show_record(at_work.desk, follow(at_work, who, record, edit), as_json)


def one_of(desk: Desk, kind: str, number: str) -> Record:
    """A record of a kind; raises NotFound, and InvalidInput for one of another kind."""
    record = get_record(desk.database, number)
    if record.kind != kind:
        raise InvalidInput(f"{record.number} is of the kind {record.kind}: use `cmdb {record.kind}`.")
    return record


def changes(
    values: Iterable[str] | None,
    links: Iterable[str] = (),
    unlinked: Iterable[str] = (),
    related: Iterable[str] = (),
    unrelated: Iterable[str] = (),
    attached: Iterable[str] = (),
) -> Changes:
    """What a command was told to change; raises InvalidInput."""
    return Changes(
        values={name: _value(text) for name, text in pairs(values or [], "FIELD=VALUE").items()},
        links=dict(_link(text) for text in links),
        unlinked=list(unlinked),
        related=_relations(related),
        unrelated=_relations(unrelated),
        attached=[AttachedFile(name=name, url=url) for name, url in pairs(attached, "NAME=URL").items()],
    )


def pairs(texts: Iterable[str], expected: str) -> dict[str, str]:
    """`name=text` as a mapping; raises InvalidInput for anything else."""
    split = [text.partition("=") for text in texts]
    for name, equals, rest in split:
        if not name or not equals:
            raise InvalidInput(f"{name + equals + rest!r} is not understood. Write {expected}.")
    return {name: rest for name, _, rest in split}


def _relations(texts: Iterable[str]) -> list[RelatedRecord]:
    return [
        RelatedRecord(type=type_, number=number)
        for text in texts
        for type_, number in pairs([text], "TYPE=NUMBER").items()
    ]


def _link(text: str) -> tuple[str, str | None]:
    ci, equals, condition = text.rpartition("=")
    return (ci, condition) if equals else (text, None)


def _value(text: str) -> Any:
    if not text.startswith("@"):
        return text or None
    try:
        return orjson.loads(Path(text[1:]).read_bytes())
    except OSError as error:
        raise InvalidInput(f"{text[1:]} cannot be read: {error.strerror}.") from error
    except orjson.JSONDecodeError as error:
        raise InvalidInput(f"{text[1:]} is no JSON: {error}.") from error
