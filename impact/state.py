"""The states of a CI."""

from enum import IntEnum
from typing import Literal, cast

StateName = Literal["down", "degraded", "at_risk", "up"]


class State(IntEnum):
    """From best to worst."""

    UP = 0
    AT_RISK = 1
    DEGRADED = 2
    DOWN = 3

    @property
    def label(self) -> StateName:
        """The name in answers: `at_risk`."""
        return cast(StateName, self.name.lower())
