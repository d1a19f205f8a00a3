"""What a dependent is without its provider."""

from enum import IntEnum
from typing import Literal, cast

StrengthName = Literal["hard", "soft", "guard", "none"]


class Strength(IntEnum):
    """From nothing to down. In a group of several types the strongest counts."""

    NONE = 0
    """Nothing."""
    GUARD = 1
    """Unprotected."""
    SOFT = 2
    """Degraded."""
    HARD = 3
    """Down."""

    @property
    def label(self) -> StrengthName:
        """The name in the graph and in answers: `hard`."""
        return cast(StrengthName, self.name.lower())
