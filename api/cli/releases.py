"""`cmdb release`: versions that go live together, wave by wave, and what takes them back."""

from collections.abc import Callable

import typer

from api.cli.asking import JSON
from api.cli.records import AT, NOTE, NUMBER, Office, by, office, one_of, pairs, record_commands, show_record
from api.cli.terminal import out, print_json
from api.records import views
from api.tables.records import print_records
from cmdb.records import By, Desk, Record
from cmdb.releases import begin_wave, caused_by, confirm, deploy, end_wave, finish, reverse

app = record_commands("release", "Releases: versions that go live together, and what takes them back.")
KIND = "release"


@app.command()
def contain(
    number: str = NUMBER,
    versions: list[str] = typer.Argument(
        metavar="CI=VERSION...", help="What CIs change to; CI= lets one go. The rest stays as planned."
    ),
    attribute: str = typer.Option("version", help="Another attribute, such as os_version."),
    note: str = NOTE,
    as_json: bool = JSON,
) -> None:
    """Say which CIs a release changes to which version; what they say before is what they say now."""
    from api.practices.release.planning import plan_versions

    told = pairs(versions, "CI=VERSION")
    with office() as at_work:
        record = plan_versions(at_work.store, at_work.desk, by(note), number, told, attribute)
        show_record(at_work.desk, record, as_json)


@app.command()
def waves(
    number: str = NUMBER,
    told: list[str] = typer.Argument(metavar="NAME=CI,CI...", help="The waves, in their order."),
    note: str = NOTE,
    as_json: bool = JSON,
) -> None:
    """Say in which waves a release is deployed."""
    from api.practices.release.planning import WrittenWave, plan_waves

    planned = [WrittenWave(name=name, cis=cis.split(",")) for name, cis in pairs(told, "NAME=CI,CI").items()]
    with office() as at_work:
        show_record(at_work.desk, plan_waves(at_work.store, at_work.desk, by(note), number, planned), as_json)


@app.command()
def versions(number: str = NUMBER, as_json: bool = JSON) -> None:
    """Show what each CI says: planned, at the baseline, now, and by each source."""
    from api.practices.release.versions import release_versions
    from api.tables.releases import print_versions

    with office() as at_work:
        rows = release_versions(at_work.store, number)
    if as_json:
        print_json({"items": [one.model_dump(mode="json") for one in rows]})
    else:
        print_versions(out(), rows)


@app.command()
def incidents(number: str = NUMBER, as_json: bool = JSON) -> None:
    """List the incidents that one has caused."""
    with office() as at_work:
        told = views(at_work.desk, caused_by(at_work.store.database, _known(at_work, number)))
    if as_json:
        print_json({"items": [one.model_dump(mode="json") for one in told]})
    else:
        print_records(out(), told)


@app.command()
def wave(
    number: str = NUMBER,
    begin: str | None = typer.Option(None, help="Begin this one; only the next can be begun."),
    succeeded: bool = typer.Option(False, "--succeeded", help="The one under way has worked."),
    failed: bool = typer.Option(False, "--failed", help="It has not; say why in a note."),
    note: str = NOTE,
    at: str | None = AT,
    as_json: bool = JSON,
) -> None:
    """Begin the next wave of a deployment, or say how the one under way went."""
    if succeeded + failed + (begin is not None) > 1:
        raise typer.BadParameter("Say one of --begin, --succeeded and --failed.")
    with office() as at_work:
        desk, known = at_work.desk, _known(at_work, number)
        if succeeded or failed:
            record = end_wave(desk, by(note, at), known, "succeeded" if succeeded else "failed")
        else:
            record = begin_wave(desk, by(note, at), known, begin)
        show_record(desk, record, as_json)


def _step(name: str, help_: str, take: Callable[[Desk, By, str], Record]) -> None:
    """Add a step that Linchpin itself has a part in."""

    @app.command(name, help=help_)
    def run(number: str = NUMBER, note: str = NOTE, at: str | None = AT, as_json: bool = JSON) -> None:
        with office() as at_work:
            show_record(at_work.desk, take(at_work.desk, by(note, at), _known(at_work, number)), as_json)


_step("deploy", "Begin to deploy one; the graph as it is becomes a baseline.", deploy)
_step("finish", "End a deployment whose waves have all worked, with a baseline.", finish)
_step("reverse", "Begin to take one back; what its baseline says is expected again.", reverse)
_step("confirm", "Ask discovery whether one is reversed; it is refused with what differs.", confirm)


def _known(at_work: Office, number: str) -> str:
    return one_of(at_work.desk, KIND, number).number
