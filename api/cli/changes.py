"""`cmdb change`: plan changes, assess them, and decide on them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from api.cli import change_boards, change_results
from api.cli.asking import CI, JSON
from api.cli.records import AT, NOTE, NUMBER, by, changes, office, record_commands, show_record
from api.cli.session import analyses
from api.cli.terminal import FAILED, out, print_json
from api.cli.times import TIME, time_of
from api.practices.change.bureau import Bureau, open_bureau
from api.tables.changes import print_assessment, print_models, print_outdated, print_verification
from cmdb.changes import Window, assessment_of, load_change_policy, submit
from cmdb.records import Record, verify

app = record_commands("change", "Changes: plans, assessments, approvals, collisions and reviews.")


@contextmanager
def bureau() -> Iterator[Bureau]:
    """The practice of changes, on the store of the settings."""
    with office() as at_work:
        yield open_bureau(at_work.store, analyses(at_work.store), at_work.desk)


change_boards.register(app, bureau)
change_results.register(app, bureau)


@app.command()
def models(as_json: bool = JSON) -> None:
    """List the models of changes, and the hash of each template."""
    with office() as at_work:
        found = load_change_policy(at_work.store.policies).models
    if as_json:
        print_json(found)
    else:
        print_models(out(), found)


@app.command()
def plan(
    number: str = NUMBER,
    file: Path | None = typer.Argument(None, help="The plan, JSON; its CIs by name, id or source/native_id."),
    ci: list[str] = typer.Option([], help=f"For a plan by the template of the model. {CI} May be repeated."),
    begin: str | None = typer.Option(None, "--from", help=f"Begin of the window of such a plan. {TIME}"),
    end: str | None = typer.Option(None, "--until", help=f"Its end. {TIME}"),
    evidence: str | None = typer.Option(None, help="What was tested, for such a plan."),
    note: str = NOTE,
    as_json: bool = JSON,
) -> None:
    """Give a change its plan: from a file, or by the template of its model."""
    from api.practices.change.planning import plan_by_template, plan_change, read_plan

    with bureau() as at_work:
        if file:
            record = plan_change(at_work, by(note), number, read_plan(_document(file)))
        elif ci and begin and end:
            window = Window(start=time_of(begin), end=time_of(end))
            record = plan_by_template(at_work, by(note), number, ci, window, evidence)
        else:
            raise typer.BadParameter("Name a file, or --ci, --from and --until for a plan by the template.")
        show_record(at_work.desk, record, as_json)


@app.command()
def assess(number: str = NUMBER, note: str = NOTE, as_json: bool = JSON) -> None:
    """Work out what a change does, its risk and who must approve; keep that with the change."""
    from api.practices.change.findings import assess as assess_change

    with bureau() as at_work:
        _show_assessment(assess_change(at_work, by(note), number), as_json)


@app.command()
def assessment(number: str = NUMBER, as_json: bool = JSON) -> None:
    """Show the assessment of a change, and whether it still holds: exit code 1 if not."""
    from api.practices.change.findings import outdated

    with bureau() as at_work:
        record = at_work.change(number)
        differing = outdated(at_work, record)
        _show_assessment(record, as_json, differing)
    if differing:
        raise typer.Exit(FAILED)


@app.command("submit")
def submit_(number: str = NUMBER, note: str = NOTE, as_json: bool = JSON) -> None:
    """Ask for approval; what its template covers is approved at once."""
    with office() as at_work:
        show_record(at_work.desk, submit(at_work.desk, by(note), number.upper()), as_json)


@app.command()
def approve(
    number: str = NUMBER,
    conditions: str = typer.Option("", help="Under which conditions."),
    note: str = NOTE,
    as_json: bool = JSON,
) -> None:
    """Approve a change as it is now, for the teams that you are in or that a member delegated to you."""
    from api.practices.change.findings import decide_on

    with bureau() as at_work:
        record = decide_on(at_work, by(note), number, "approved", conditions)
        show_record(at_work.desk, record, as_json)


@app.command()
def reject(number: str = NUMBER, reason: str = typer.Argument(help="Why."), as_json: bool = JSON) -> None:
    """Reject a change, which ends all its approvals and takes it back to draft."""
    from api.practices.change.findings import decide_on

    with bureau() as at_work:
        show_record(at_work.desk, decide_on(at_work, by(reason), number, "rejected"), as_json)


@app.command()
def start(number: str = NUMBER, note: str = NOTE, at: str | None = AT, as_json: bool = JSON) -> None:
    """Start a change; one whose assessment no longer holds only with a note that says why."""
    from api.practices.change.findings import start_change

    with bureau() as at_work:
        show_record(at_work.desk, start_change(at_work, by(note, at), number), as_json)


@app.command("verify")
def verify_(number: str = NUMBER, as_json: bool = JSON) -> None:
    """Tell whether the log of a change is as it was written, approvals and all: exit code 1 if not."""
    with office() as at_work:
        found = verify(at_work.desk.database, number)
    if as_json:
        print_json(found)
    else:
        print_verification(out(), found)
    if not found.whole:
        raise typer.Exit(FAILED)


def _document(file: Path) -> object:
    """What a file holds; raises InvalidInput."""
    return changes([f"plan=@{file}"]).values["plan"]


def _show_assessment(record: Record, as_json: bool, differing: list[str] | None = None) -> None:
    told = assessment_of(record)
    if as_json:
        print_json({"assessment": told and told.model_dump(mode="json"), "outdated": differing or []})
    elif told:
        print_assessment(out(), record, told)
    if not as_json and differing is not None:
        print_outdated(out(), differing)
