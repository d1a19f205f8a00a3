"""What matters most: CIs by the services that fall when each fails alone."""

from pydantic import Field

from cmdb.catalogue import Catalogue
from impact.analysis import Analysis
from impact.answer.models import AtRevision
from impact.answer.writer import Writer
from impact.questions.accepted import Register
from impact.questions.alone import alone
from impact.questions.one_more import services_of
from impact.questions.ranking import RankedPoint, ranked, ranked_point


class Critical(AtRevision):
    """The CIs that services fall with, those that matter most first."""

    services: int = Field(description="How many services there are.")
    count: int = Field(description="How many CIs of the classes asked for services fall with.")
    items: list[RankedPoint] = Field(description="A page of them, accepted risks among them.")
    next: str | None = Field(default=None, description="Cursor of the next page.")


def critical(
    analysis: Analysis,
    catalogue: Catalogue,
    classes: frozenset[str],
    register: Register,
    offset: int,
    limit: int,
) -> Critical:
    """The page of `limit` CIs that begins at `offset`, of some classes and those that refine them; none: all.

    Raises InvalidInput for a class that the catalogue does not know.
    """
    projection, writer = analysis.projection, Writer(analysis)
    found = alone(projection, services_of(projection, catalogue), analysis.outcome, analysis.scenario.pinned)
    listed, wanted = ranked(analysis, found), catalogue.refining(classes)
    if classes:
        listed = listed[projection.cis.having(listed, lambda profile: profile.class_ in wanted)]
    page = listed[offset : offset + limit].tolist()
    return Critical(
        revision=projection.revision.seq,
        as_of=projection.revision.at,
        services=found.services,
        count=len(listed),
        items=[ranked_point(analysis, catalogue, writer, register, ci) for ci in page],
    )
