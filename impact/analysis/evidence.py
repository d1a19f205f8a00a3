"""Why a CI has its state: the group that decided it and the shortest path from a cause."""

import numpy as np

from impact.analysis.outage_evidence import outage_evidence
from impact.analysis.outages import NONE, Outages
from impact.analysis.propagation import Outcome
from impact.analysis.rules import DECLARED, RULES, Evidence
from impact.arrays import Bytes, Ints
from impact.kernels.evidence import last_steps, trace
from impact.projection import Projection
from impact.state import State
from impact.strength import Strength


def evidence(projection: Projection, outcome: Outcome, ci: int, state: State) -> Evidence:
    """Trace the state of a CI that is not up back to its cause."""
    if outcome.outages is not None:
        return outage_evidence(projection, outcome.outages, ci, state)
    rounds = (outcome.cis, outcome.down, outcome.impaired, outcome.endangered)
    members, groups = trace(projection.wiring, projection.cis.no, *rounds, ci, int(state))
    decided = Strength(projection.wiring.strength[groups[0]]) if len(groups) else None
    return Evidence(
        rule=RULES[state, decided] if decided is not None else DECLARED[state],
        path=(*members[::-1].tolist(), ci),
        groups=tuple(groups[::-1].tolist()),
    )


def deciders(projection: Projection, outcome: Outcome, cis: Ints, states: Bytes) -> tuple[Ints, Ints]:
    """The last CI on the path to each of some CIs, and the group that decided; -1 for causes and those up."""
    if outcome.outages is not None:
        return _timed_deciders(projection, outcome.outages, cis, states)
    rounds = (outcome.cis, outcome.down, outcome.impaired, outcome.endangered)
    return last_steps(projection.wiring, projection.cis.no, *rounds, cis, states)


def _timed_deciders(projection: Projection, outages: Outages, cis: Ints, states: Bytes) -> tuple[Ints, Ints]:
    via = np.full(len(cis), NONE, dtype=np.int32)
    group = np.full(len(cis), NONE, dtype=np.int32)
    for place in np.flatnonzero(states != State.UP).tolist():
        found = outage_evidence(projection, outages, int(cis[place]), State(states[place]))
        if found.groups:
            via[place], group[place] = found.path[-2], found.groups[-1]
    return via, group
