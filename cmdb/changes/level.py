"""Levels of risk."""

from typing import Literal

Level = Literal["low", "medium", "high", "very high"]
LEVELS: tuple[Level, ...] = ("low", "medium", "high", "very high")
