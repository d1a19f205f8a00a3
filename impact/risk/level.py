"""The four levels of impact, likelihood and risk."""

from enum import StrEnum


class Level(StrEnum):
    """From best to worst; compared by `rank`, as text has an order of its own."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very high"

    @property
    def rank(self) -> int:
        """0 for low, 3 for very high."""
        return LEVELS.index(self)


LEVELS = tuple(Level)
