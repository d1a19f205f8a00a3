"""Services that a scenario leaves up, but without a second of something they had a second of before."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

import numpy as np
from pydantic import Field

from cmdb.catalogue import Catalogue
from impact.analysis import Analysis
from impact.analysis.propagation import Outcome
from impact.answer.asked import asked
from impact.answer.models import Asked, AtRevision, CIRef, Listed
from impact.answer.order import urgency
from impact.answer.writer import Writer
from impact.arrays import NOBODY, Ints, Longs
from impact.kernels.reach import reached
from impact.projection import Projection
from impact.questions.alone import alone
from impact.questions.one_more import services_of
from impact.scenario import Scenario

SHOWN = 100
SPAN = 2**32


class Exposed(CIRef):
    """A service that is up, with single points of failure that it has only because of the scenario."""

    criticality: str | None
    owner: str | None
    new: Listed[CIRef] = Field(description="These single points.")


class Exposures(AtRevision):
    """What must not fail while a scenario lasts."""

    scenario: Asked
    count: int = Field(description="How many services are exposed.")
    services: list[Exposed] = Field(description="The most critical first, then those with the most points.")


def exposures(analysis: Analysis, catalogue: Catalogue, scenario: Scenario, most: int = 100) -> Exposures:
    """The services that are exposed under a scenario, `most` of them listed.

    A new single point of a service is a CI with which it is down, although it is up under the scenario
    alone, and under the failure of that CI alone.
    """
    writer, services = Writer(analysis), services_of(analysis.projection, catalogue)
    found = sorted(
        (_exposed(writer, service, points) for service, points in new_points(analysis, services)),
        key=lambda one: (urgency(one.criticality), -one.new.count, one.name, one.id),
    )
    return Exposures(
        revision=analysis.projection.revision.seq,
        as_of=analysis.projection.revision.at,
        scenario=asked(scenario, analysis, writer),
        count=len(found),
        services=found[:most],
    )


def new_points(analysis: Analysis, services: Ints) -> Iterator[tuple[int, list[int]]]:
    """Those of some services that are exposed, ascending, each with its new single points."""
    concerned = _concerned(analysis, np.setdiff1d(services, analysis.before.failed).astype(np.int32))
    real = concerned[concerned < len(analysis.reality.cis)]
    now = _pairs(analysis.projection, concerned, analysis.outcome, analysis.scenario.pinned)
    before = _pairs(analysis.reality, real, analysis.before, NOBODY)
    new = np.sort(np.setdiff1d(now, before, assume_unique=True))
    for service, pairs in groupby((divmod(pair, SPAN) for pair in new.tolist()), itemgetter(0)):
        yield service, [ci for _, ci in pairs]


def _pairs(projection: Projection, services: Ints, outcome: Outcome, pinned: Ints) -> Longs:
    """Each single point of each service as one number: the service times SPAN, and the CI."""
    found = alone(projection, services, outcome, pinned, with_pairs=True)
    cis, fallen = (found.cis[places].astype(np.int64) for places in found.pairs)
    return fallen * SPAN + cis


def _concerned(analysis: Analysis, services: Ints) -> Ints:
    """The services that depend on anything that the scenario affects or imagines."""
    if analysis.projection is not analysis.reality:
        return services
    with analysis.projection.scratch.borrow() as scratch:
        cis, _ = reached(analysis.projection.wiring, scratch, analysis.affected)
    return np.intersect1d(services, cis).astype(np.int32)


def _exposed(writer: Writer, service: int, points: Iterable[int]) -> Exposed:
    details, named = writer.details(service), list(points)
    return Exposed(
        **vars(writer.ref(service)),
        criticality=details.criticality,
        owner=details.owner,
        new=Listed(count=len(named), first=writer.refs(named[:SHOWN])),
    )
