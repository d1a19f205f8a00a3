"""Changes: their plans, their life cycle, what was found of them, and who approves what."""

from cmdb.changes.approving import decide, submit
from cmdb.changes.assessing import keep_assessment
from cmdb.changes.assessment import (
    Assessment,
    AssessmentPolicy,
    Away,
    Condition,
    Findings,
    Hurt,
    Met,
    Needed,
    Risk,
    differences,
)
from cmdb.changes.assessment import Factor as RiskFactor
from cmdb.changes.confirming import Seen, Unconfirmed, unauthorised, unconfirmed
from cmdb.changes.decisions import (
    CHANGED,
    Decision,
    Missing,
    assessment_of,
    decisions_of,
    decisions_on,
    missing_approvals,
)
from cmdb.changes.models import ChangeModel, ChangeModels, Template, model_name, template_hash
from cmdb.changes.plan import (
    SEVERITY,
    Action,
    BackOut,
    Effect,
    Plan,
    Scheduled,
    Step,
    Window,
)
from cmdb.changes.practice import CHANGE, ChangePolicy, kinds, load_change_policy
from cmdb.changes.reading import AHEAD, DONE, ClosedChange, changes_between, closed_changes
from cmdb.changes.review import Actual, Review
from cmdb.changes.rules import ApprovalRules, Rule
from cmdb.changes.starting import start

__all__ = [
    "AHEAD",
    "CHANGE",
    "CHANGED",
    "DONE",
    "SEVERITY",
    "Action",
    "Actual",
    "ApprovalRules",
    "Assessment",
    "AssessmentPolicy",
    "Away",
    "BackOut",
    "ChangeModel",
    "ChangeModels",
    "ChangePolicy",
    "ClosedChange",
    "Condition",
    "Decision",
    "Effect",
    "Findings",
    "Hurt",
    "Met",
    "Missing",
    "Needed",
    "Plan",
    "Review",
    "Risk",
    "RiskFactor",
    "Rule",
    "Scheduled",
    "Seen",
    "Step",
    "Template",
    "Unconfirmed",
    "Window",
    "assessment_of",
    "changes_between",
    "closed_changes",
    "decide",
    "decisions_of",
    "decisions_on",
    "differences",
    "keep_assessment",
    "kinds",
    "load_change_policy",
    "missing_approvals",
    "model_name",
    "start",
    "submit",
    "template_hash",
    "unauthorised",
    "unconfirmed",
]
