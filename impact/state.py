"""The states of a CI."""

from enum import IntEnum


class State(IntEnum):
    """From best to worst."""

    UP = 0
    AT_RISK = 1
    DEGRADED = 2
    DOWN = 3

    @property
    def label(self) -> str:
        """The name in answers: `at_risk`."""
        return self.name.lower()
