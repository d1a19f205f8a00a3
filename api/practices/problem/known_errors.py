"""Known errors offered where something fails: those of the providers that it depends on, nearest first."""

from collections.abc import Collection

from pydantic import BaseModel, Field

from cmdb.problems import KnownError, active_known_errors
from cmdb.store import Store, ci_names
from impact import ImpactEngine
from impact.questions.beneath import steps_beneath


class OfferedError(BaseModel):
    """A known error that may be what fails."""

    number: str
    title: str
    workaround: str
    problem: str | None = Field(description="The problem that it is of.")
    ci: str = Field(description="Id of the nearest CI that it is about.")
    name: str
    is_cause: bool = Field(description="Whether that is its root cause, or only affected by it.")
    distance: int = Field(description="Steps from what fails to that CI; 0: it is the same.")


def known_errors_for(store: Store, engine: ImpactEngine, cis: Collection[str]) -> list[OfferedError]:
    """The active known errors of CIs (by id) and of all that these depend on, the nearest first."""
    errors = active_known_errors(store.database) if cis else []
    places = {ci for error in errors for ci in (*error.causes, *error.affected)}
    steps = steps_beneath(engine.graph(), cis, places) | dict.fromkeys(places & {*cis}, 0)
    names = ci_names(store.database, steps.keys())
    offered = [
        _nearest(error, steps, names) for error in errors if not steps.keys().isdisjoint(_places(error))
    ]
    return sorted(offered, key=lambda one: (one.distance, not one.is_cause))


def _places(error: KnownError) -> set[str]:
    return {*error.causes, *error.affected}


def _nearest(error: KnownError, steps: dict[str, int], names: dict[str, str]) -> OfferedError:
    distance, affected, ci = min(
        (steps[ci], ci not in error.causes, ci) for ci in _places(error) if ci in steps
    )
    return OfferedError(
        number=error.number,
        title=error.title,
        workaround=error.workaround,
        problem=error.problem,
        ci=ci,
        name=names.get(ci, ci),
        is_cause=not affected,
        distance=distance,
    )
