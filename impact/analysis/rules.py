"""Why a CI has its state, in short: the rule, and the way from a cause."""

from dataclasses import dataclass
from enum import StrEnum

from impact.state import State
from impact.strength import Strength


class Rule(StrEnum):
    """The rule that forces a state, or the declaration that sets it."""

    FAILED = "failed"
    DECLARED_DEGRADED = "declared_degraded"
    GROUP_LOST = "group_lost"
    GROUP_WEAKENED = "group_weakened"
    SOFT_GROUP_LOST = "soft_group_lost"
    REDUNDANCY_REDUCED = "redundancy_reduced"
    GUARD_LOST = "guard_lost"
    WAITS = "waits"
    FAILS_OVER = "fails_over"


RULES = {
    (State.DOWN, Strength.HARD): Rule.GROUP_LOST,
    (State.DEGRADED, Strength.HARD): Rule.GROUP_WEAKENED,
    (State.DEGRADED, Strength.SOFT): Rule.SOFT_GROUP_LOST,
    (State.AT_RISK, Strength.HARD): Rule.REDUNDANCY_REDUCED,
    (State.AT_RISK, Strength.SOFT): Rule.REDUNDANCY_REDUCED,
    (State.AT_RISK, Strength.GUARD): Rule.GUARD_LOST,
}
"""By the state that is forced, and the strength of the group that forces it."""
DECLARED = {State.DOWN: Rule.FAILED, State.DEGRADED: Rule.DECLARED_DEGRADED}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a CI has its state.

    `path` leads from the cause to the CI; `groups[i]` is the group by which `path[i + 1]` depends
    on `path[i]`. The last group decided the state; a cause has none.
    """

    rule: Rule
    path: tuple[int, ...]
    groups: tuple[int, ...]
