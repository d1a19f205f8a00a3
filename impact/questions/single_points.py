"""The single points of failure of a service: CIs without any of which it is down."""

from collections.abc import Sequence

import numpy as np
from pydantic import Field

from cmdb.catalogue import Catalogue
from cmdb.errors import InvalidInput
from impact.analysis import Analysis
from impact.answer.asked import asked
from impact.answer.models import Asked, AtRevision, CIRef, Reason
from impact.answer.order import urgency
from impact.answer.writer import Writer
from impact.arrays import Ints
from impact.questions.accepted import AcceptedRisk, Register, holds
from impact.questions.alone import alone, worth_of
from impact.questions.exposure import new_points
from impact.questions.layers import providers
from impact.questions.one_more import services_down, with_failure
from impact.scenario import Scenario
from impact.state import StateName

MOST = 1_000


class SinglePoint(CIRef):
    """A CI without which the service is down."""

    criticality: str | None
    environment: str | None
    owner: str | None
    distance: int = Field(description="Steps from the service.")
    new: bool = Field(description="It is one only because of the scenario.")
    services: int = Field(description="How many services go down with it, this one included.")
    worth: int = Field(description="What these count: critical 8, high 4, medium 2, others 1.")
    reason: Reason = Field(description="Why the service is down without it.")
    accepted: AcceptedRisk | None


class SinglePoints(AtRevision):
    """What the service has no second of."""

    scenario: Asked
    service: CIRef
    state: StateName = Field(description="Under the scenario. What is down has no single points left.")
    exposed: bool = Field(description="It has single points only because of the scenario.")
    count: int = Field(description="How many there are, accepted or not, listed or not.")
    points: list[SinglePoint] = Field(description="Nearest first, then the most critical.")
    accepted: list[SinglePoint] = Field(description="Those somebody answers for, in the same order.")


def single_points(
    analysis: Analysis,
    catalogue: Catalogue,
    scenario: Scenario,
    service: int,
    register: Register,
    most: int = 100,
) -> SinglePoints:
    """The single points of failure of a service under a scenario, the first `most` of them with reasons."""
    if not 1 <= most <= MOST:
        raise InvalidInput(f"The number of single points is {most:,}; it must be from 1 to {MOST:,}.")
    projection, writer = analysis.projection, Writer(analysis)
    points = _points(analysis, service)
    new = dict(new_points(analysis, np.array([service], dtype=np.int32))).get(service, [])
    told = [
        _point(analysis, catalogue, writer, register, service, ci, distance, ci in new)
        for ci, distance in _nearest(analysis, service, points)[:most]
    ]
    return SinglePoints(
        revision=projection.revision.seq,
        as_of=projection.revision.at,
        scenario=asked(scenario, analysis, writer),
        service=writer.ref(service),
        state=writer.state(service),
        exposed=bool(new),
        count=len(points),
        points=[point for point in told if not holds(point.accepted)],
        accepted=[point for point in told if holds(point.accepted)],
    )


def _points(analysis: Analysis, service: int) -> Ints:
    target = np.array([service], dtype=np.int32)
    found = alone(analysis.projection, target, analysis.outcome, analysis.scenario.pinned)
    return found.cis[found.fallen > 0]


def _nearest(analysis: Analysis, service: int, points: Ints) -> Sequence[tuple[int, int]]:
    """The points in their order, with their distances."""
    cis, layers = analysis.projection.cis, providers(analysis.projection, service)
    distance = dict(zip(layers.cis.tolist(), layers.distance.tolist(), strict=True))

    def rank(ci: int) -> tuple[int, int, int]:
        return distance[ci], urgency(cis.described(ci).criticality), int(cis.rank[ci])

    return [(ci, distance[ci]) for ci in sorted(points.tolist(), key=rank)]


def _point(
    analysis: Analysis,
    catalogue: Catalogue,
    writer: Writer,
    register: Register,
    service: int,
    ci: int,
    distance: int,
    new: bool,
) -> SinglePoint:
    more = with_failure(analysis, ci)
    down = services_down(analysis, more, catalogue, ci)
    details, reason = writer.details(ci), Writer(more).item(service).reason
    assert reason  # it is down
    return SinglePoint(
        **vars(writer.ref(ci)),
        criticality=details.criticality,
        environment=details.environment,
        owner=details.owner,
        distance=distance,
        new=new,
        services=len(down),
        worth=int(worth_of(analysis.projection, down).sum()),
        reason=reason,
        accepted=register.of(details.id, writer.details(service).id),
    )
