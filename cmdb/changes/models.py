"""What `change_models.toml` may say, and whether a plan is what a model's template says."""

from hashlib import sha256
from typing import Literal

import orjson
from pydantic import Field, model_validator

from cmdb.changes.level import Level
from cmdb.changes.plan import BackOut, Part, Plan, Step, Window
from cmdb.records import Record

USUAL = "normal"
"""The model of a change of which nobody says another."""
EVERY_CI = "*"
"""Stands for the CIs of the change in the steps of a template."""


class Template(Part):
    """The plan of a standard change, but for its CIs and its window."""

    steps: tuple[Step, ...] = Field(min_length=1)
    back_out: BackOut | None = None
    last_decision_point: str | None = None

    def plan(self, cis: tuple[str, ...], window: Window, evidence: str | None = None) -> Plan:
        """The plan of a change of some CIs, all of them in every step."""
        steps = tuple(step.model_copy(update={"cis": cis}) for step in self.steps)
        return Plan(
            steps=steps,
            window=window,
            last_decision_point=self.last_decision_point,
            back_out=self.back_out,
            test_evidence=evidence,
        )

    @model_validator(mode="after")
    def _names_no_ci(self) -> "Template":
        if any(step.cis != (EVERY_CI,) for step in self.steps):
            raise ValueError(f'the steps of a template say cis = ["{EVERY_CI}"]')
        return self


class ChangeModel(Part):
    """How changes of one sort are handled."""

    description: str = ""
    approval: Literal["before", "after"] = "before"
    review: Literal["always", "after failure"] = "after failure"
    template: Template | None = None
    pre_authorised_up_to: Level = "low"

    @model_validator(mode="after")
    def _reviews_what_was_not_approved(self) -> "ChangeModel":
        if self.approval == "after" and self.review != "always":
            raise ValueError('what may start before it is approved has review = "always"')
        return self


class ChangeModels(Part):
    """All of a `change_models.toml`."""

    models: dict[str, ChangeModel] = Field(min_length=1)

    @model_validator(mode="after")
    def _has_the_default(self) -> "ChangeModels":
        if USUAL not in self.models:
            raise ValueError(f"there is no model `{USUAL}`, which a change has where nobody says another")
        return self


def model_name(record: Record) -> str:
    """The name of the model of a change."""
    return str(record.values.get("model", USUAL))


def template_hash(plan: Plan | Template) -> str:
    """SHA-256 of a plan but for its CIs, window and evidence: the same for all plans of one template."""
    told = {
        "steps": [step.model_dump(mode="json", exclude={"cis"}) for step in plan.steps],
        "back_out": plan.back_out and plan.back_out.model_dump(mode="json"),
        "last_decision_point": plan.last_decision_point,
    }
    return digest(told)


def digest(told: object) -> str:
    """SHA-256, in hexadecimal, of something that JSON can say."""
    return sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()
