"""Plans as people write them: CIs by what they are called."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from api.practices.change.bureau import Bureau
from api.scenarios import NAMED
from cmdb.changes import CHANGED, BackOut, Plan, Step, Window, model_name
from cmdb.errors import InvalidInput
from cmdb.records import By, Edit, Record, edit_record
from cmdb.store import find_ci


class WrittenStep(Step):
    """One piece of work on some CIs."""

    cis: tuple[str, ...] = Field(min_length=1, description=f"CIs that are worked on. {NAMED}")


class WrittenPlan(BaseModel):
    """A plan with its CIs by id, name, `class:name` or `source/native_id`."""

    model_config = ConfigDict(extra="forbid")

    steps: list[WrittenStep] = Field(min_length=1, max_length=1_000, description="In their order.")
    window: Window
    last_decision_point: str | None = None
    back_out: BackOut | None = None
    test_evidence: str | None = None


def read_plan(document: Any) -> WrittenPlan:
    """The plan that a document tells; raises InvalidInput that lists all mistakes."""
    try:
        return WrittenPlan.model_validate(document)
    except ValidationError as error:
        told = (f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise InvalidInput(f"That is no plan: {'; '.join(told)}.") from error


def plan_change(bureau: Bureau, by: By, number: str, written: WrittenPlan) -> Record:
    """Give a change its plan, and link it to the CIs of that; raises NotFound and as `edit_record` does."""
    names = {name for step in written.steps for name in step.cis}
    ids = {name: find_ci(bureau.store.database, name) for name in sorted(names)}
    steps = [
        step.model_copy(update={"cis": tuple(dict.fromkeys(ids[name] for name in step.cis))})
        for step in written.steps
    ]
    told = written.model_dump(mode="json") | {"steps": [step.model_dump(mode="json") for step in steps]}
    return _keep(bureau, by, number, Plan.model_validate(told))


def plan_by_template(
    bureau: Bureau, by: By, number: str, cis: Sequence[str], window: Window, evidence: str | None = None
) -> Record:
    """Give a change the plan that the template of its model says, for some CIs; raises as `plan_change`."""
    record = bureau.change(number)
    model = bureau.policy.models.models.get(model_name(record))
    if model is None or model.template is None:
        raise InvalidInput(f"The model {record.values['model']} of {record.number} has no template.")
    ids = tuple(dict.fromkeys(find_ci(bureau.store.database, name) for name in cis))
    return _keep(bureau, by, number, model.template.plan(ids, window, evidence))


def _keep(bureau: Bureau, by: By, number: str, plan: Plan) -> Record:
    record = bureau.change(number)
    worked_on = {*record.linked_as(CHANGED)}
    edit = Edit(
        values={"plan": plan.model_dump(mode="json")},
        links=dict.fromkeys(sorted(plan.cis), CHANGED),
        unlinked=frozenset(worked_on - plan.cis),
    )
    return edit_record(bureau.desk, by, record.number, edit, revision=record.revision)
