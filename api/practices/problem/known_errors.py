"""Known errors offered where something fails: those of what it depends on, the nearest first."""

from collections.abc import Collection

from pydantic import BaseModel, Field

from cmdb.database import Database
from cmdb.problems import KnownError, active_known_errors
from cmdb.store import ci_names
from impact.beneath import Foundation


class OfferedError(BaseModel):
    """A known error that may be what fails."""

    number: str
    title: str
    workaround: str
    problem: str | None = Field(description="The problem that it is of.")
    ci: str | None = Field(description="Id of the nearest CI that it is about; null: none beneath.")
    name: str | None
    distance: int | None = Field(description="Steps from what fails to that CI; 0: it is the same.")
    is_cause: bool = Field(description="Whether that CI is its root cause, or only affected by it.")
    why: str = Field(description="All that in words.")


def known_errors_for(
    database: Database, beneath: Foundation, cis: Collection[str], related: Collection[str] = ()
) -> list[OfferedError]:
    """The active known errors of CIs (by id) and of what these stand on, the nearest first.

    Before them stand those that are `related` by number already, wherever they are.
    """
    errors = active_known_errors(database) if cis or related else []
    places = {ci for error in errors for ci in _places(error)}
    steps = beneath.distances(places) | dict.fromkeys(places & {*cis}, 0)
    names = ci_names(database, steps.keys())
    offered = [_offered(error, steps, names, error.number in related) for error in errors]
    found = [one for one in offered if one.ci or one.number in related]
    return sorted(found, key=lambda one: (one.number not in related, one.distance or 0, not one.is_cause))


def _places(error: KnownError) -> set[str]:
    return {*error.causes, *error.affected}


def _offered(error: KnownError, steps: dict[str, int], names: dict[str, str], related: bool) -> OfferedError:
    here = ((steps[ci], ci not in error.causes, ci) for ci in _places(error) if ci in steps)
    distance, affected, ci = min(here, default=(None, True, None))
    name = names.get(ci, ci) if ci else None
    where = f"it {'affects' if affected else 'is caused by'} {name}, at distance {distance}"
    return OfferedError(
        number=error.number,
        title=error.title,
        workaround=error.workaround,
        problem=error.problem,
        ci=ci,
        name=name,
        distance=distance,
        is_cause=not affected,
        why="; ".join([*["related"][:related], *[where][: ci is not None]]),
    )
