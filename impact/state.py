"""The states of a CI."""

from enum import IntEnum
from typing import Literal, cast

StateName = Literal["down", "interrupted", "degraded", "at_risk", "up"]

GroupStateName = Literal["lost", "weakened", "whole"]


class State(IntEnum):
    """From best to worst."""

    UP = 0
    AT_RISK = 1
    DEGRADED = 2
    INTERRUPTED = 3
    """Down, but for a time only."""
    DOWN = 4

    @property
    def label(self) -> StateName:
        """The name in answers: `at_risk`."""
        return LABELS[self]


LABELS = tuple(cast(StateName, state.name.lower()) for state in State)
