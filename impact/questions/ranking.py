"""All single points of failure by what hangs on them, and the services by how many they have."""

import numpy as np
from pydantic import Field

from cmdb.catalogue import Catalogue
from impact.analysis import Analysis
from impact.answer.asked import asked
from impact.answer.models import Asked, AtRevision, CIRef
from impact.answer.writer import Writer
from impact.arrays import Ints
from impact.questions.accepted import AcceptedRisk, Register, holds
from impact.questions.alone import Alone, alone, worth_of
from impact.questions.one_more import services_down, services_of, with_failure
from impact.scenario import Scenario

SHOWN = 5


class RankedPoint(CIRef):
    """A CI that takes services down alone."""

    criticality: str | None
    environment: str | None
    owner: str | None
    services: int = Field(description="How many services go down with it.")
    worth: int = Field(description="What these count: critical 8, high 4, medium 2, others 1.")
    first: list[CIRef] = Field(description="The most critical of them.")
    accepted: AcceptedRisk | None = Field(description="Whether it is accepted for all services.")


class RankedService(CIRef):
    """A service that has single points of failure."""

    criticality: str | None
    owner: str | None
    points: int = Field(description="How many CIs it is down without.")


class AllSinglePoints(AtRevision):
    """What services have no second of."""

    scenario: Asked
    services: int = Field(description="How many services are up.")
    count: int = Field(description="How many CIs take a service down alone, accepted or not.")
    points: list[RankedPoint] = Field(description="A page of them, by what the services count.")
    accepted: list[RankedPoint] = Field(description="Those of the page that somebody answers for.")
    by_service: list[RankedService] = Field(description="The services with the most, as many as a page.")
    next: str | None = Field(default=None, description="Cursor of the next page.")


def all_single_points(
    analysis: Analysis, catalogue: Catalogue, scenario: Scenario, register: Register, offset: int, limit: int
) -> AllSinglePoints:
    """The page of `limit` single points that begins at `offset`, of all services under a scenario."""
    projection, writer = analysis.projection, Writer(analysis)
    found = alone(projection, services_of(projection, catalogue), analysis.outcome, analysis.scenario.pinned)
    page = ranked(analysis, found)[offset : offset + limit].tolist()
    told = [ranked_point(analysis, catalogue, writer, register, ci) for ci in page]
    return AllSinglePoints(
        revision=projection.revision.seq,
        as_of=projection.revision.at,
        scenario=asked(scenario, analysis, writer),
        services=found.services,
        count=int((found.fallen > 0).sum()),
        points=[point for point in told if not holds(point.accepted)],
        accepted=[point for point in told if holds(point.accepted)],
        by_service=_by_service(analysis, writer, found, limit),
    )


def ranked(analysis: Analysis, found: Alone) -> Ints:
    """The CIs that services fall with, as indices, by what these count."""
    places = np.flatnonzero(found.fallen)
    keys = (analysis.projection.cis.rank[found.cis[places]], -found.fallen[places], -found.worth[places])
    order: Ints = found.cis[places[np.lexsort(keys)]]
    return order


def ranked_point(
    analysis: Analysis, catalogue: Catalogue, writer: Writer, register: Register, ci: int
) -> RankedPoint:
    """A CI with the services that fall with it."""
    down = services_down(analysis, with_failure(analysis, ci), catalogue, ci)
    details = writer.details(ci)
    return RankedPoint(
        **vars(writer.ref(ci)),
        criticality=details.criticality,
        environment=details.environment,
        owner=details.owner,
        services=len(down),
        worth=int(worth_of(analysis.projection, down).sum()),
        first=writer.refs(down[:SHOWN].tolist()),
        accepted=register.of(details.id),
    )


def _by_service(analysis: Analysis, writer: Writer, found: Alone, limit: int) -> list[RankedService]:
    services = found.cis[: found.services]
    order = np.lexsort((analysis.projection.cis.rank[services], -found.points))
    order = order[found.points[order] > 0][:limit]
    return [
        RankedService(
            **vars(writer.ref(int(services[place]))),
            criticality=writer.details(int(services[place])).criticality,
            owner=writer.details(int(services[place])).owner,
            points=int(found.points[place]),
        )
        for place in order
    ]
