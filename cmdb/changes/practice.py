"""The practice of changes: its life cycle, models and rules, as an organisation has them."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from cmdb.changes.assessment import Assessment, AssessmentPolicy, Outlook
from cmdb.changes.checks import Checks
from cmdb.changes.decisions import Decisions
from cmdb.changes.models import ChangeModels, template_hash
from cmdb.changes.outages import follow
from cmdb.changes.plan import Plan
from cmdb.changes.review import Review
from cmdb.changes.rules import ApprovalRules
from cmdb.policy import Policies
from cmdb.records import Kind, LifeCycle, Values, instant

CHANGE = "change"
FOLLOWING = {"starts", "ends", "template", "risk", "likelihood", "assessed_at", "authorised_by", "outcome"}
"""The fields that follow from documents."""


@dataclass(frozen=True, slots=True)
class ChangePolicy:
    """The models of changes, who must approve, and how it is assessed."""

    models: ChangeModels
    rules: ApprovalRules
    assessing: AssessmentPolicy


def load_change_policy(policies: Policies) -> ChangePolicy:
    """The policy in force; raises CatalogueError that tells all mistakes."""
    return ChangePolicy(
        policies.read(ChangeModels, _beside("change_models.toml")),
        policies.read(ApprovalRules, _beside("approvals.toml")),
        policies.read(AssessmentPolicy, _beside("assessment.toml")),
    )


def kinds(policies: Policies) -> tuple[Kind, ...]:
    """The kind of record that a change is."""
    models = policies.read(ChangeModels, _beside("change_models.toml"))
    cycle = policies.read(LifeCycle, _beside("change.toml"))
    named = cycle.fields["model"].model_copy(update={"type": "enum", "values": tuple(models.models)})
    cycle = cycle.model_copy(update={"fields": {**cycle.fields, "model": named}})
    documents: dict[str, type[BaseModel]] = {
        "plan": Plan,
        "assessment": Assessment,
        "approvals": Decisions,
        "outlook": Outlook,
        "review": Review,
    }
    return (Kind(cycle, Checks(models).by_name, documents, derived, follow),)


def derived(values: Values) -> Values:
    """What follows from plan, assessment and review, so that lists can be made of it."""
    told = {name: value for name, value in values.items() if name not in FOLLOWING}
    for name, parts in (("plan", _of_plan), ("assessment", _of_assessment), ("review", _of_review)):
        told.update(parts(values[name]) if name in values else {})
    return {name: value for name, value in told.items() if value is not None}


def _of_plan(document: Values) -> Values:
    plan = Plan.model_validate(document)
    window = plan.window
    return {
        "starts": instant(window.start),
        "ends": instant(window.end),
        "template": template_hash(plan),
    }


def _of_assessment(document: Values) -> Values:
    risk = document["findings"]["risk"]
    return {
        "risk": risk["level"],
        "likelihood": risk["likelihood"],
        "assessed_at": document["at"],
        "authorised_by": document["authorised_by"],
    }


def _of_review(document: Values) -> Values:
    return {"outcome": document["outcome"]}


def _beside(name: str) -> Path:
    return Path(__file__).with_name(name)
