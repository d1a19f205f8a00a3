"""How many CIs are in each state, in all and by class."""

import numpy as np

from cmdb.catalogue import Catalogue
from impact.analysis import Analysis
from impact.answer.models import ClassCounts, Counts, StateCounts
from impact.projection import Bytes, Flags
from impact.state import State


def tally(states: Bytes) -> dict[str, int]:
    """How often each state stands in an array, by name; up is not counted."""
    counts = np.bincount(states, minlength=len(State)).tolist()
    return {state.label: counts[state] for state in State if state != State.UP}


def count(analysis: Analysis, service: Flags, catalogue: Catalogue) -> Counts:
    """The counts of an answer; `service` tells which CIs are services."""
    states, before = analysis.states, analysis.states_before
    return Counts(
        **tally(states),
        before=StateCounts(**tally(before)),
        added=StateCounts(**tally(states[states > before])),
        recovered=int((states < before).sum()),
        services=StateCounts(**tally(states[service])),
        by_class=_by_class(analysis, catalogue),
    )


def _by_class(analysis: Analysis, catalogue: Catalogue) -> list[ClassCounts]:
    projection = analysis.projection
    classes, states = projection.class_[analysis.affected], analysis.states[analysis.affected]
    rows = []
    for index in np.unique(classes).tolist():
        name = projection.classes[index]
        known = catalogue.classes.get(name)
        rows.append(
            ClassCounts(
                class_=name,
                title=known.title if known else name,
                is_service=bool(known and known.is_service),
                **tally(states[classes == index]),
            )
        )
    return sorted(
        rows,
        key=lambda row: (not row.is_service, -row.down, -row.degraded, -row.at_risk, row.title),
    )
