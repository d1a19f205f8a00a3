"""How many CIs are in each state."""

import numpy as np

from impact.arrays import Bytes, Longs
from impact.state import State


def tally(states: Bytes) -> dict[str, int]:
    """How often each state stands in an array, by name; up is not counted."""
    return named(np.bincount(states, minlength=len(State)))


def named(counts: Longs) -> dict[str, int]:
    """Counts by state as counts by its name; up is not counted."""
    return {state.label: int(counts[state]) for state in State if state != State.UP}
