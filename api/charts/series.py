"""What a chart shows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Self


@dataclass(frozen=True, slots=True)
class Series:
    """Values by category."""

    title: str
    categories: tuple[str, ...]
    values: tuple[float | None, ...]
    target: float | None
    unit: str

    @classmethod
    def of(
        cls,
        title: str,
        categories: Sequence[str],
        values: Sequence[float | None],
        target: float | None,
        unit: str,
    ) -> Self:
        """Raises ValueError where something cannot be drawn."""
        if len(categories) != len(values):
            raise ValueError(f"{len(values)} values cannot stand for {len(categories)} categories")
        names = tuple(map(_printable, categories))
        if len(set(names)) != len(names):
            raise ValueError("a category is named twice")
        if not all(isfinite(value) for value in (*values, target) if value is not None):
            raise ValueError("a value or the target is not a finite number")
        return cls(_printable(title), names, tuple(values), target, _printable(unit))

    def amount(self, value: float | None) -> str:
        """`1,234.5 h`, `no value`."""
        if value is None:
            return "no value"
        return f"{round(value, 2):,} {self.unit}".rstrip()

    def told(self) -> Iterator[str]:
        """`2026-01: 3 h`, for each category."""
        for category, value in zip(self.categories, self.values, strict=True):
            yield f"{category}: {self.amount(value)}"

    @property
    def aim(self) -> str | None:
        """`Target: 4 h`."""
        return None if self.target is None else f"Target: {self.amount(self.target)}"

    @property
    def description(self) -> str:
        """All that is drawn, in words."""
        return "; ".join((*self.told(), *filter(None, (self.aim,))))


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)
