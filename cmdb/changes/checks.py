"""What must hold for a step of a change, whoever takes it and by whichever way.

Each check gives what is missing, as the end of a sentence; None where nothing is.
"""

from dataclasses import dataclass
from datetime import datetime

from cmdb.changes.approvers import approvers
from cmdb.changes.assessment import Outlook
from cmdb.changes.decisions import CHANGED, assessment_of, decisions_on, missing_approvals
from cmdb.changes.models import ChangeModel, ChangeModels, model_name
from cmdb.changes.plan import Plan, Window
from cmdb.changes.review import Review
from cmdb.errors import NotFound
from cmdb.records import Attempt, Check, Record


@dataclass(frozen=True, slots=True)
class Checks:
    """The checks, by the models of changes."""

    models: ChangeModels

    @property
    def by_name(self) -> dict[str, Check]:
        """As the life cycle calls them."""
        return {
            "freshly_assessed": freshly_assessed,
            "approved": approved,
            "decided": decided,
            "by_an_approver": by_an_approver,
            "window_ahead": window_ahead,
            "may_start": self.may_start,
            "seen_to_hold": seen_to_hold,
            "reviewed": self.reviewed,
        }

    def may_start(self, attempt: Attempt) -> str | None:
        """Inside the window, and approved but for what may be approved afterwards."""
        record = attempt.record
        if reason := freshness(record) or outside(window_of(record), attempt.at):
            return reason
        if not missing_approvals(record) and _was(attempt, "scheduled"):
            return None
        if model_of(self.models, record).approval == "before":
            return approved(attempt) or "it has not been scheduled"
        return None if attempt.by.note.strip() else "it is not approved: say in a note why it cannot wait"

    def reviewed(self, attempt: Attempt) -> str | None:
        """Reviewed where that is required; no review says that what failed was successful."""
        record = attempt.record
        told = record.values.get("review")
        went_wrong = any(_was(attempt, state) for state in ("failed", "backed_out"))
        required = went_wrong or model_of(self.models, record).review == "always"
        if not told:
            return "its review is missing: take the step 'review', then fill it in" if required else None
        outcome = Review.model_validate(told).outcome
        if went_wrong and outcome in ("successful", "with incidents"):
            return f"its review says {outcome}, but it failed or was backed out"
        return None


def seen_to_hold(attempt: Attempt) -> str | None:
    """In this very step its assessment was found to hold, or a note says why it starts all the same."""
    told = attempt.record.values.get("outlook")
    seen = Outlook.model_validate(told) if told else None
    if seen is None or seen.entries != attempt.record.entries:
        return "it is Linchpin that looks whether its assessment holds: `cmdb change start`"
    if not seen.differing or attempt.by.note.strip():
        return None
    differing = "; ".join(seen.differing)
    return f"its assessment no longer holds ({differing}): assess it again, or say in a note why it starts"


def freshly_assessed(attempt: Attempt) -> str | None:
    """Assessed in this very step: an assessment names the length of the log that it was made at."""
    assessment = assessment_of(attempt.record)
    if assessment is None or assessment.entries != attempt.record.entries:
        return "it is Linchpin that assesses: `cmdb change assess`"
    return freshness(attempt.record)


def approved(attempt: Attempt) -> str | None:
    """Everybody who must has approved exactly what it is now."""
    if assessment_of(attempt.record) is None:
        return "it has not been assessed"
    lacking = [
        f"{one.team} ({one.persons} to approve: {one.why})" for one in missing_approvals(attempt.record)
    ]
    return f"approval is missing of {', '.join(lacking)}" if lacking else None


def decided(attempt: Attempt) -> str | None:
    """Approved, or rejected by somebody after it was done."""
    rejected = any(one.verdict == "rejected" for one in decisions_on(attempt.record))
    return None if rejected else approved(attempt)


def by_an_approver(attempt: Attempt) -> str | None:
    """Whoever rejects could have approved."""
    return approvers(attempt.draft, attempt.record, attempt.by.actor.name).refusal


def window_ahead(attempt: Attempt) -> str | None:
    """The window is not over."""
    window = window_of(attempt.record)
    over = window.end <= datetime.fromisoformat(attempt.at)
    return f"its window ended at {window.end:%FT%TZ}" if over else None


def freshness(record: Record) -> str | None:
    """Its links name the CIs that its plan works on."""
    linked = {*record.linked_as(CHANGED)}
    planned = Plan.model_validate(record.values["plan"]).cis
    if linked == planned:
        return None
    told = ", ".join(sorted(linked ^ planned))
    return f"its plan works on other CIs than it is linked to as {CHANGED} ({told})"


def outside(window: Window, at: str) -> str | None:
    """Why a moment is outside a window."""
    if window.start <= datetime.fromisoformat(at) < window.end:
        return None
    return f"{at} is outside its window, {window.start:%FT%TZ} to {window.end:%FT%TZ}"


def window_of(record: Record) -> Window:
    """The window of its plan."""
    return Plan.model_validate(record.values["plan"]).window


def model_of(models: ChangeModels, record: Record) -> ChangeModel:
    """Its model; raises NotFound where that has gone from `change_models.toml`."""
    name = model_name(record)
    if name not in models.models:
        raise NotFound(f"{record.number} has the model {name}, which change_models.toml no longer has.")
    return models.models[name]


def _was(attempt: Attempt, state: str) -> bool:
    """Whether it is, or ever was, in a state since its plan was last open to change."""
    rows = attempt.draft.run(
        """
        OPTIONAL MATCH (drafted:LogEntry {record: $number}) WHERE drafted.to_state = 'draft'
        WITH coalesce(max(drafted.no), 0) AS since
        MATCH (entry:LogEntry {record: $number}) WHERE entry.no > since AND entry.to_state = $state
        RETURN entry.no AS no LIMIT 1
        """,
        number=attempt.record.number,
        state=state,
    )
    return bool(rows)
