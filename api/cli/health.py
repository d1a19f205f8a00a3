"""`cmdb health`, `audit`, `ci verify`: how good the data are."""

import typer

from api.cli.asking import CI, JSON
from api.cli.cis import app as ci_app
from api.cli.session import author, session
from api.cli.terminal import out, print_json, tell_revision
from api.tables.health import print_audit, print_findings, print_health
from cmdb.health import USUAL, Dimension, Selection, Terms, audit, findings, health, verify
from cmdb.store import Page, Target, find_ci

CLASS = typer.Option(None, "--class", help="Only CIs of this class and its descendants.")
OWNER = typer.Option(None, help="Only CIs that this team owns.")
SOURCE = typer.Option(None, help="Only CIs that this source describes.")
LIMIT = typer.Option(50, min=1, max=1000, help="How many to list.")
CURSOR = typer.Option(None, help="`next` of the page before.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("health")(health_)
    app.command("audit")(audit_)
    ci_app.command("verify")(verify_)


def health_(
    check: str | None = typer.Argument(None, help="One check, with the CIs that it finds."),
    by: Dimension | None = typer.Option(None, help="Figures by this, too."),
    class_: str | None = CLASS,
    owner: str | None = OWNER,
    source: str | None = SOURCE,
    contradicted_days: float = typer.Option(
        USUAL.contradicted_days, min=0, max=100_000, help="Manual values contradicted for so long are listed."
    ),
    verified_days: float = typer.Option(
        USUAL.verified_days, min=0, max=100_000, help="CIs verified longer ago are due."
    ),
    limit: int = LIMIT,
    cursor: str | None = CURSOR,
    as_json: bool = JSON,
) -> None:
    """Say how complete and correct the data are, or list what one check finds."""
    selection, terms = Selection(class_, owner, source), Terms(contradicted_days, verified_days)
    with session() as store:
        if check:
            found = findings(store, check, selection, Page(limit, cursor), terms)
            print_json(found) if as_json else print_findings(out(), found)
            return
        answer = health(store, by, selection, terms)
    if as_json:
        print_json(answer)
    else:
        print_health(out(), answer)


def audit_(
    baseline: str = typer.Argument(help="A baseline's name, a revision's number or a time."),
    class_: str | None = CLASS,
    owner: str | None = OWNER,
    source: str | None = typer.Option(None, help="Only what this source has seen."),
    limit: int = LIMIT,
    cursor: str | None = CURSOR,
    as_json: bool = JSON,
) -> None:
    """List what discovery has seen since a baseline that differs from it, and who made the difference."""
    with session() as store:
        answer = audit(store, baseline, Selection(class_, owner, source), Page(limit, cursor))
    if as_json:
        print_json(answer)
    else:
        print_audit(out(), answer)


def verify_(
    cis: list[str] = typer.Argument(metavar="CI...", help=CI),
    reason: str = typer.Option("", help="How you know; kept in the history."),
) -> None:
    """Attest that what CIs say is true; `cmdb health verification_due` lists those that are due."""
    with session() as store:
        targets = [Target(find_ci(store.database, ci)) for ci in cis]
        revision = verify(store, author(reason), targets)
    tell_revision(revision)
