"""For how long services are away, and what decides it."""

from pydantic import Field

from cmdb.catalogue import Catalogue
from impact.analysis import Analysis
from impact.analysis.outages import ENDLESS
from impact.answer.asked import asked
from impact.answer.models import Asked, AtRevision, Item
from impact.answer.order import ranked, services
from impact.answer.writer import Writer
from impact.scenario import Scenario
from impact.state import State


class Interruptions(AtRevision):
    """The services that are away under a scenario."""

    scenario: Asked
    services: list[Item] = Field(
        description="Down ones, which are away for good, then the longest interrupted; `reason` tells the "
        "failover or the wait that decides, and its path."
    )


def interruptions(analysis: Analysis, catalogue: Catalogue, scenario: Scenario) -> Interruptions:
    """The services that are down or interrupted, the longest first."""
    writer, cis = Writer(analysis), ranked(analysis, catalogue)
    away = cis[analysis.states(cis) >= State.INTERRUPTED]
    found = away[services(away, analysis.projection.cis, catalogue)].tolist()
    found.sort(key=lambda ci: -(analysis.outcome.seconds(ci) or ENDLESS))
    return Interruptions(
        revision=analysis.projection.revision.seq,
        as_of=analysis.projection.revision.at,
        scenario=asked(scenario, analysis, writer),
        services=[writer.item(ci) for ci in found],
    )
