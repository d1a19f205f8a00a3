"""One more failure on top of a scenario, and the services that go down with it."""

from dataclasses import replace

import numpy as np

from cmdb.catalogue import Catalogue
from impact.analysis import Analysis
from impact.answer.order import services, urgency
from impact.arrays import Ints
from impact.projection import Projection


def with_failure(analysis: Analysis, ci: int) -> Analysis:
    """The same scenario, in which one more CI fails."""
    scenario = analysis.scenario
    down = np.union1d(scenario.down, [ci]).astype(np.int32)
    return replace(analysis, scenario=replace(scenario, down=down))


def services_down(analysis: Analysis, more: Analysis, catalogue: Catalogue, ci: int) -> Ints:
    """Other services that are down because the CI fails too, most critical first."""
    cis = analysis.projection.cis
    found = np.setdiff1d(more.outcome.failed, np.append(analysis.outcome.failed, ci)).astype(np.int32)
    found = found[services(found, cis, catalogue)]
    ordered = sorted(found.tolist(), key=lambda at: (urgency(cis.described(at).criticality), cis.rank[at]))
    return np.array(ordered, dtype=np.int32)


def services_of(projection: Projection, catalogue: Catalogue) -> Ints:
    """All services."""
    cis = np.flatnonzero(projection.cis.no >= 0).astype(np.int32)
    return cis[services(cis, projection.cis, catalogue)]
