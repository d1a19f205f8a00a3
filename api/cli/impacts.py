"""`cmdb impact` and `cmdb why`: what fails with something, and why."""

import typer

from api.cli.session import session
from api.cli.terminal import out, print_json
from api.tables.explanation import print_explanation
from api.tables.impact import print_impact
from cmdb.store import Store, find_ci
from impact import Base, ImpactEngine, Scenario

CI = "A CI by id, name, class:name or source/native_id."
AS_OF = typer.Option(None, help="A time, a revision's number or a baseline's name; unset: now.")
TYPES = typer.Option("", help="Relationship types that count, separated by commas; unset: all.")
IGNORE = typer.Option(False, "--ignore-redundancy", help="Count everything that can be reached.")
JSON = typer.Option(False, "--json", help="Print JSON.")
DEGRADED = typer.Option([], help="A CI that works worse than it should; may be repeated.")
NOT_IMPACTED = typer.Option([], help="A CI that stays up whatever happens; may be repeated.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(impact)
    app.command()(why)


def impact(
    failed: list[str] = typer.Argument(None, metavar="CI...", help=CI),
    degraded: list[str] = DEGRADED,
    not_impacted: list[str] = NOT_IMPACTED,
    already_down: list[str] = typer.Option([], help="A CI that is down before; may be repeated."),
    as_of: str | None = AS_OF,
    types: str = TYPES,
    ignore_redundancy: bool = IGNORE,
    limit: int = typer.Option(100, min=1, max=10_000, help="How many CIs to list."),
    cursor: str | None = typer.Option(None, help="`next` of the page before, for --json."),
    full: bool = typer.Option(False, "--all", help="List every CI, not only services."),
    as_json: bool = JSON,
) -> None:
    """Say what goes down, degrades or loses redundancy when CIs fail, and whom to tell."""
    if not failed and not degraded:
        raise typer.BadParameter("name at least one CI that fails, or one with --degraded")
    with session() as store:
        asked = _scenario(store, failed or [], degraded, not_impacted, as_of, types, ignore_redundancy)
        scenario = asked.model_copy(update={"base": Base(down=_ids(store, already_down))})
        answer = ImpactEngine(store.database, store.catalogue).impact(scenario, limit, cursor)
    if as_json:
        print_json(answer)
    else:
        print_impact(out(), answer, full)


def why(
    ci: str = typer.Argument(help=CI),
    failed: list[str] = typer.Option([], "--if-fails", help="A CI that fails; may be repeated."),
    degraded: list[str] = DEGRADED,
    not_impacted: list[str] = NOT_IMPACTED,
    as_of: str | None = AS_OF,
    types: str = TYPES,
    ignore_redundancy: bool = IGNORE,
    as_json: bool = JSON,
) -> None:
    """Say why a CI is impacted, or what saves it, when others fail."""
    if not failed and not degraded:
        raise typer.BadParameter("name what fails with --if-fails, or what is degraded with --degraded")
    with session() as store:
        scenario = _scenario(store, failed, degraded, not_impacted, as_of, types, ignore_redundancy)
        engine = ImpactEngine(store.database, store.catalogue)
        answer = engine.why(find_ci(store.database, ci), scenario)
    if as_json:
        print_json(answer)
    else:
        print_explanation(out(), answer)


def _scenario(
    store: Store,
    failed: list[str],
    degraded: list[str],
    not_impacted: list[str],
    as_of: str | None,
    types: str,
    ignore_redundancy: bool,
) -> Scenario:
    named = (name.strip() for name in types.split(",") if name.strip())
    return Scenario(
        failed=_ids(store, failed),
        degraded=_ids(store, degraded),
        not_impacted=_ids(store, not_impacted),
        types=frozenset(store.catalogue.relationship(name).name for name in named),
        ignore_redundancy=ignore_redundancy,
        as_of=as_of,
    )


def _ids(store: Store, names: list[str]) -> frozenset[str]:
    return frozenset(find_ci(store.database, name) for name in names)
