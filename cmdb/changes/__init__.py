"""Changes: their plans, their life cycle, what was found of them, and who approves what."""

from cmdb.changes.assessment import Assessment, Findings, Hurt, Met, Needed, Risk, differences
from cmdb.changes.assessment import Factor as RiskFactor
from cmdb.changes.decisions import CHANGED, Decision, Missing, assessment_of, decisions_of, missing_approvals
from cmdb.changes.models import ChangeModel, ChangeModels, Template, template_hash
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
from cmdb.changes.review import Actual, Review
from cmdb.changes.rules import ApprovalRules, Rule

__all__ = [
    "CHANGE",
    "CHANGED",
    "SEVERITY",
    "Action",
    "Actual",
    "ApprovalRules",
    "Assessment",
    "BackOut",
    "ChangeModel",
    "ChangeModels",
    "ChangePolicy",
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
    "Step",
    "Template",
    "Window",
    "assessment_of",
    "decisions_of",
    "differences",
    "kinds",
    "load_change_policy",
    "missing_approvals",
    "template_hash",
]
