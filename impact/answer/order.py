"""The order of an answer: services first, then the worst first. It is total, so that pages fit."""

import numpy as np

from cmdb.catalogue import Catalogue
from impact.analysis import Analysis
from impact.arrays import Flags, Ints
from impact.projection import CIs

CRITICALITIES = ("critical", "high", "medium", "low", None)


def services(among: Ints, cis: CIs, catalogue: Catalogue) -> Flags:
    """Which of some CIs are services."""
    classes = catalogue.classes
    return cis.having(among, lambda p: p.class_ in classes and classes[p.class_].is_service)


def ranked(analysis: Analysis, catalogue: Catalogue) -> Ints:
    """All affected CIs: services first, then by state, criticality, distance, name and number."""
    cis, affected = analysis.projection.cis, analysis.affected
    keys = (
        cis.no[affected],
        cis.rank[affected],
        analysis.distances(affected),
        urgencies(affected, cis),
        -analysis.states(affected),
        ~services(affected, cis, catalogue),
    )
    return affected[np.lexsort(keys)]


def urgencies(among: Ints, cis: CIs) -> Ints:
    """The places of the criticalities of some CIs."""
    return cis.valued(among, lambda profile: urgency(profile.criticality))


def urgency(criticality: str | None) -> int:
    """The place of a criticality among all; the most urgent is 0."""
    return CRITICALITIES.index(criticality) if criticality in CRITICALITIES else len(CRITICALITIES)
