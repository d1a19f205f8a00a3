"""Deploying a release: a baseline before, wave after wave, a baseline after."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal

from cmdb.errors import Conflict, InvalidInput
from cmdb.history import Draft, revise, set_baseline_within
from cmdb.records import By, Desk, Record, instant, locked, moved, noted
from cmdb.releases.documents import Deployed, Deployment, Waves

Outcome = Literal["succeeded", "failed"]


def deploy(desk: Desk, by: By, number: str, revision: int | None = None) -> Record:
    """Begin to deploy; the graph as it is becomes a baseline. Raises as `transition`."""
    return _with_baseline(desk, by, number, revision, "deploy", "before")


def finish(desk: Desk, by: By, number: str, revision: int | None = None) -> Record:
    """All waves have worked; the graph as it is becomes a baseline. Raises as `transition`."""
    return _with_baseline(desk, by, number, revision, "finish", "after")


def begin_wave(desk: Desk, by: By, number: str, wave: str | None = None) -> Record:
    """Begin the next wave, or repeat one that failed; raises Conflict for any other.

    The next is the first that has not worked yet; `wave` names the one that is meant.
    """

    def told(record: Record, deployment: Deployment) -> Deployment:
        if running := deployment.running:
            raise Conflict(f"Wave {running.wave} of {record.number} is under way: say how it went first.")
        left = deployment.remaining(Waves.model_validate(record.values["waves"]))
        if not left:
            raise Conflict(f"All waves of {record.number} have worked; what remains is to finish it.")
        if wave not in (None, left[0]):
            raise Conflict(f"The next wave of {record.number} is {left[0]}, not {wave}.", next=left[0])
        begun = Deployed(wave=left[0], begin=_at(by))
        return Deployment(attempts=(*deployment.attempts, begun))

    return _in_waves(desk, by, number, "begin_wave", told)


def end_wave(desk: Desk, by: By, number: str, outcome: Outcome) -> Record:
    """Say how the wave under way went; of a failure, why. Raises Conflict where there is none."""
    if outcome == "failed" and not by.note.strip():
        raise InvalidInput("Say in a note why the wave failed.")

    def told(record: Record, deployment: Deployment) -> Deployment:
        if deployment.running is None:
            raise Conflict(f"No wave of {record.number} is under way.")
        *before, running = deployment.attempts
        ended = running.model_copy(update={"end": _at(by), "outcome": outcome})
        return Deployment(attempts=(*before, ended))

    return _in_waves(desk, by, number, f"wave_{outcome}", told)


def _in_waves(
    desk: Desk, by: By, number: str, what: str, told: Callable[[Record, Deployment], Deployment]
) -> Record:
    def work(draft: Draft) -> Record:
        record = release(draft, number)
        if record.state != "deploying":
            raise Conflict(f"{record.number} is {record.state}, not deploying.", state=record.state)
        deployment = told(record, Deployment.model_validate(record.values.get("deployment", {})))
        return noted(
            draft, desk, by, record, what, derived={"deployment": deployment.model_dump(mode="json")}
        )

    return revise(desk.database, by.author, work)[0]


def _with_baseline(
    desk: Desk, by: By, number: str, revision: int | None, step: str, name: Literal["before", "after"]
) -> Record:
    def work(draft: Draft) -> Record:
        record = release(draft, number, revision)
        baseline = f"{record.number}-{name}"
        record = moved(draft, desk, by, record, step, derived={f"baseline_{name}": baseline})
        set_baseline_within(draft, baseline, record.values["title"])
        return record

    return revise(desk.database, by.author, work)[0]


def release(draft: Draft, number: str, revision: int | None = None) -> Record:
    """A release that nobody else writes until the transaction ends; raises NotFound, Outdated, Conflict."""
    record = locked(draft, number, revision)
    if record.kind != "release":
        raise Conflict(f"{record.number} is no release.")
    return record


def _at(by: By) -> str:
    return instant(by.at or datetime.now(UTC))
