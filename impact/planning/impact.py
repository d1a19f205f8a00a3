"""What follows from a plan: as planned, in a hurry, and at the worst."""

from collections.abc import Iterator, Mapping

from cmdb.catalogue import Catalogue
from cmdb.changes import Plan
from impact.planning.course import course
from impact.planning.models import PlanImpact, ServiceFate, WorstCase
from impact.planning.spans import FOREVER
from impact.planning.spells import gone_wrong, planned
from impact.projection import Projection
from impact.scenario import find_known


def plan_impact(projection: Projection, catalogue: Catalogue, plan: Plan) -> PlanImpact:
    """The impact of a plan, which is that of its worst moment and not of all its steps together.

    CIs that are not in use count as nothing that fails; the answer lists them.
    """
    found = find_known(projection, plan.cis)
    as_planned, in_a_hurry = planned(plan, found), planned(plan, found, hurried=True)
    return PlanImpact(
        revision=projection.revision.seq,
        as_of=projection.revision.at,
        unseen=sorted(plan.cis - found.keys()),
        planned=course(projection, catalogue, as_planned),
        hurried=course(projection, catalogue, in_a_hurry) if in_a_hurry != as_planned else None,
        worst_cases=sorted(_worst_cases(projection, catalogue, plan, found), key=_severity),
    )


def _worst_cases(
    projection: Projection, catalogue: Catalogue, plan: Plan, found: Mapping[str, int]
) -> Iterator[WorstCase]:
    for stage, spells in gone_wrong(plan, found):
        yield WorstCase(
            steps=[step.name for step in stage],
            can_back_out=all(plan.can_back_out(step) for step in stage),
            course=course(projection, catalogue, spells),
        )


def _severity(case: WorstCase) -> tuple[int, ...]:
    """The most seconds of services away, then degraded, first."""

    def total(seconds: "list[int | None]") -> int:
        return -sum(FOREVER if one is None else one for one in seconds)

    services: list[ServiceFate] = case.course.services
    return total([one.down for one in services]), total([one.degraded for one in services])
