"""The order of an answer: services first, then the worst first. It is total, so that pages fit."""

from collections.abc import Mapping

import numpy as np

from cmdb.catalogue import Catalogue
from impact.analysis import Analysis
from impact.details import Details
from impact.projection import Flags, Projection

CRITICALITIES = ("critical", "high", "medium", "low", None)


def services(projection: Projection, catalogue: Catalogue) -> Flags:
    """Which CIs are services."""
    known = [name in catalogue.classes and catalogue.classes[name].is_service for name in projection.classes]
    return np.array(known, dtype=np.bool_)[projection.class_]


def ranked(analysis: Analysis, details: Mapping[int, Details], service: Flags) -> list[int]:
    """All affected CIs: services first, then by state, criticality, distance, name and number."""
    no = analysis.projection.no

    def rank(ci: int) -> tuple[bool, int, int, int, str, int]:
        known = details[int(no[ci])]
        return (
            not service[ci],
            -int(analysis.states[ci]),
            CRITICALITIES.index(known.criticality)
            if known.criticality in CRITICALITIES
            else len(CRITICALITIES),
            int(analysis.distances[ci]),
            known.name,
            ci,
        )

    return sorted(analysis.affected.tolist(), key=rank)
