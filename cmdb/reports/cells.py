"""Counts things that happen to incidents by period and group."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cmdb.reports.incidents import Grouping, Ints
from cmdb.reports.periods import Periods, Seconds
from cmdb.reports.report import Figure


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """A cell for each period and group, in that order; without a grouping, one group without a name."""

    periods: Periods
    grouping: Grouping | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The groups."""
        return self.grouping.names if self.grouping else ("",)

    @property
    def size(self) -> int:
        """How many cells there are."""
        return len(self.periods.names) * len(self.names)

    def of(self, incidents: Ints, at: Seconds) -> tuple[Ints, Ints]:
        """Where what happens to incidents at some times belongs: which one, and a cell that it is in.

        What happens to an incident with several groups is in several cells, that of none in no cell.
        """
        which, codes = self.groups(incidents)
        place = self.periods.place(at)[which]
        inside = place >= 0
        return which[inside], (place * len(self.names) + codes)[inside]

    def groups(self, incidents: Ints) -> tuple[Ints, Ints]:
        """Which of some incidents are in which group."""
        if self.grouping is None:
            return np.arange(len(incidents)), np.zeros(len(incidents), dtype=np.int64)
        starts = self.grouping.starts
        lengths = starts[incidents + 1] - starts[incidents]
        which = np.repeat(np.arange(len(incidents)), lengths)
        offset = np.arange(len(which)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return which, self.grouping.codes[starts[incidents][which] + offset]

    def count(self, incidents: Ints, at: Seconds) -> Ints:
        """How many of the things that happen at some times are in each cell."""
        return np.bincount(self.of(incidents, at)[1], minlength=self.size)

    def values(self, incidents: Ints, at: Seconds, values: NDArray[np.float64]) -> list[NDArray[np.float64]]:
        """The values of what is in each cell, in ascending order."""
        which, cells = self.of(incidents, at)
        order = np.lexsort((values[which], cells))
        bounds = np.searchsorted(cells[order], np.arange(self.size))
        return np.split(values[which][order], bounds)[1:]

    def rows(self, figures: Mapping[str, Iterable[Figure]]) -> Iterator[tuple[str, str, dict[str, Figure]]]:
        """Figures of all cells as rows: all periods, or those groups of each that anything is known of."""
        places = ((period, group) for period in self.periods.names for group in self.names)
        for (period, group), *values in zip(places, *figures.values(), strict=True):
            if not group or any(values):
                yield period, group, dict(zip(figures, values, strict=True))


def percent(part: Ints, whole: Ints) -> list[Figure]:
    """Shares in percent; None of nothing."""
    return [100 * p / w if w else None for p, w in zip(part.tolist(), whole.tolist(), strict=True)]
