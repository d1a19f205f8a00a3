"""Submitting a change, and deciding on it."""

from dataclasses import replace
from datetime import UTC, datetime

from cmdb.changes.approvers import approvers
from cmdb.changes.assessment import Findings, differences
from cmdb.changes.checks import model_of
from cmdb.changes.decisions import (
    Decision,
    Decisions,
    Verdict,
    assessment_of,
    decisions_of,
    missing_approvals,
    subject,
)
from cmdb.changes.practice import ChangePolicy
from cmdb.errors import Conflict, Refused
from cmdb.history import Draft, revise
from cmdb.records import By, Desk, Record, instant, locked, moved, noted

AFTERWARDS = frozenset({"under_way", "implemented", "failed", "backed_out", "review"})
"""Where what could not wait is decided on."""


def submit(desk: Desk, by: By, number: str, revision: int | None = None) -> Record:
    """Ask for approval; what is authorised by its template is approved at once. Raises as `transition`."""

    def work(draft: Draft) -> Record:
        record = moved(draft, desk, by, locked(draft, number, revision), "submit")
        return record if missing_approvals(record) else moved(draft, desk, by, record, "grant")

    return revise(desk.database, by.author, work)[0]


def decide(
    desk: Desk,
    policy: ChangePolicy,
    by: By,
    number: str,
    verdict: Verdict,
    now: Findings,
    conditions: str = "",
) -> Record:
    """Approve or reject a change; the last approval takes it to `approved`, a rejection back to draft.

    `now` is what is found of it at this moment. Decisions are of now, whatever time `by` tells. Raises
    Refused for who may not decide, and Conflict where there is nothing to decide, where the assessment no
    longer holds (with what differs), or where the same person has decided already.
    """
    by = replace(by, at=None)

    def work(draft: Draft) -> Record:
        record = locked(draft, number)
        _require_open_question(policy, record)
        if record.state not in AFTERWARDS:
            _require_up_to_date(record, now)
        decision = _decision(draft, record, by, verdict, conditions)
        told = Decisions(decisions=(*decisions_of(record), decision)).model_dump(mode="json")
        if verdict == "rejected" and record.state not in AFTERWARDS:
            return moved(draft, desk, by, record, "reject", derived={"approvals": told})
        what = "approve" if verdict == "approved" else "reject"
        record = noted(draft, desk, by, record, what, derived={"approvals": told})
        if record.state in AFTERWARDS or missing_approvals(record):
            return record
        return moved(draft, desk, replace(by, note=""), record, "grant")

    return revise(desk.database, by.author, work)[0]


def _require_open_question(policy: ChangePolicy, record: Record) -> None:
    if record.kind != "change":
        raise Conflict(f"{record.number} is no change.")
    afterwards = model_of(policy.models, record).approval == "after" and record.state in AFTERWARDS
    if record.state != "awaiting_approval" and not afterwards:
        raise Conflict(
            f"{record.number} is {record.state}, so there is nothing to decide.", state=record.state
        )


def _require_up_to_date(record: Record, now: Findings) -> None:
    assessment = assessment_of(record)
    assert assessment  # a change that awaits approval has been assessed
    if differing := differences(assessment.findings, now):
        raise Conflict(
            f"The assessment of {record.number} no longer holds: {'; '.join(differing)}. "
            f"Assess it again: `cmdb change assess {record.number}`.",
            differences=differing,
        )


def _decision(draft: Draft, record: Record, by: By, verdict: Verdict, conditions: str) -> Decision:
    authority = approvers(draft, record, by.actor.name)
    if authority.refusal:
        raise Refused(f"{by.actor.name} cannot decide on {record.number}: {authority.refusal}.")
    of = subject(record)
    if any((one.by, one.of, one.verdict) == (by.actor.name, of, verdict) for one in decisions_of(record)):
        raise Conflict(f"{by.actor.name} has {verdict} {record.number} already.")
    return Decision(
        by=by.actor.name,
        at=instant(datetime.now(UTC)),
        verdict=verdict,
        teams=authority.teams,
        of=of,
        conditions=conditions,
    )
