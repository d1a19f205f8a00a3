"""The rules by which very many CIs have their states, and for how long; without a path for each."""

import numpy as np
import pyarrow as pa

from impact.analysis import Analysis
from impact.analysis.outage_evidence import DECIDED
from impact.analysis.outages import Decider, Outages
from impact.analysis.rules import DECLARED, RULES, Rule
from impact.arrays import Bytes, Flags, Ints
from impact.kernels.outage import RULE
from impact.state import State
from impact.strength import Strength

NOTHING = -1
CODES: dict[Rule | None, int] = {None: NOTHING} | {rule: code for code, rule in enumerate(Rule)}
NAMES = pa.array([*Rule], pa.string())

FORCED = RULES | {(state, Strength.NONE): rule for state, rule in DECLARED.items()}
BY_STRENGTH = np.array([[CODES[FORCED.get((state, by))] for by in Strength] for state in State], np.int8)
"""By the state and the strength of the group that forces it; NONE for what is declared."""
BY_DECIDER = np.array([CODES[DECIDED[decider]] for decider in Decider], np.int8)


def rules(analysis: Analysis, cis: Ints, states: Bytes, groups: Ints) -> pa.Array:
    """The rule that gave each of some CIs its state by a group (-1: it is declared); gaps for those up."""
    strengths = np.full(len(cis), Strength.NONE, dtype=np.int8)
    strengths[groups >= 0] = analysis.groups.wiring.strength[groups[groups >= 0]]
    codes = BY_STRENGTH[states, strengths]
    outages = analysis.outcome.outages
    if outages is not None:
        away = states >= State.INTERRUPTED
        timed = BY_DECIDER[outages.records[outages.record[_places(outages, cis[away])], RULE]]
        for_good = (states[away] == State.DOWN) & (timed == CODES[Rule.WAITS])
        codes[away] = np.where(for_good, CODES[Rule.GROUP_LOST], timed)
    return NAMES.take(pa.array(codes, mask=codes == NOTHING))


def seconds(analysis: Analysis, cis: Ints, states: Bytes) -> pa.Array:
    """For how many seconds each of some CIs is interrupted; gaps for those that are not."""
    interrupted: Flags = states == State.INTERRUPTED
    told = np.zeros(len(cis), dtype=np.int64)
    outages = analysis.outcome.outages
    if outages is not None:
        told[interrupted] = outages.seconds[_places(outages, cis[interrupted])]
    return pa.array(told, mask=~interrupted)


def _places(outages: Outages, cis: Ints) -> Ints:
    return np.searchsorted(outages.cis, cis).astype(np.int32)
