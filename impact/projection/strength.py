"""What a dependent is without its provider."""

from enum import IntEnum


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
