"""How many CIs are in each state, in all and by class."""

import numpy as np

from cmdb.catalogue import Catalogue
from impact.analysis import Analysis
from impact.answer.models import ClassCounts, Counts, StateCounts
from impact.answer.order import services
from impact.arrays import Bytes, Longs
from impact.state import State


def tally(states: Bytes) -> dict[str, int]:
    """How often each state stands in an array, by name; up is not counted."""
    return named(np.bincount(states, minlength=len(State)))


def named(counts: Longs) -> dict[str, int]:
    """Counts by state as counts by its name; up is not counted."""
    return {state.label: int(counts[state]) for state in State if state != State.UP}


def count(analysis: Analysis, catalogue: Catalogue) -> Counts:
    """The counts of an answer."""
    affected, cis = analysis.affected, analysis.projection.cis
    states, before = analysis.states(affected), analysis.states_before(affected)
    return Counts(
        **tally(states),
        before=StateCounts(**tally(before)),
        added=StateCounts(**tally(states[states > before])),
        recovered=int((states < before).sum()),
        services=StateCounts(**tally(states[services(affected, cis, catalogue)])),
        by_class=_by_class(analysis, states, catalogue),
    )


def _by_class(analysis: Analysis, states: Bytes, catalogue: Catalogue) -> list[ClassCounts]:
    cis = analysis.projection.cis
    profiles = cis.profile[analysis.affected]
    counts = np.zeros((len(cis.profiles), len(State)), dtype=np.int64)
    np.add.at(counts, (profiles, states), 1)
    by_class: dict[str, Longs] = {}
    for index in np.flatnonzero(counts.any(axis=1)).tolist():
        name = cis.profiles[index].class_
        by_class[name] = counts[index] + by_class.get(name, 0)
    rows = [_row(name, told, catalogue) for name, told in by_class.items()]
    return sorted(
        rows,
        key=lambda row: (not row.is_service, -row.down, -row.degraded, -row.at_risk, row.title),
    )


def _row(name: str, counts: Longs, catalogue: Catalogue) -> ClassCounts:
    known = catalogue.classes.get(name)
    return ClassCounts(
        class_=name,
        title=known.title if known else name,
        is_service=bool(known and known.is_service),
        **named(counts),
    )
