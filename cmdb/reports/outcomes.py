"""How many changes and releases succeed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cmdb.reports.cells import Cells, percent
from cmdb.reports.incidents import Grouping
from cmdb.reports.periods import Seconds
from cmdb.reports.report import Column, Kind, Rows

COLUMNS = (Column("closed"), Column("reviewed"), Column("successful"), Column("rate", "%"))
CHANGES = Kind("changes", "Successful changes", "rate", COLUMNS)
RELEASES = Kind("releases", "Successful releases", "rate", COLUMNS)


@dataclass(frozen=True, slots=True, eq=False)
class Closed:
    """Records that are closed, when they were, and with which outcome; empty where nobody has said it."""

    at: Seconds
    outcomes: Sequence[str]
    groups: dict[str, Grouping]


def outcomes(closed: Closed, cells: Cells, successful: frozenset[str]) -> Rows:
    """Of what was closed in each period and whose outcome is known, what was a success."""
    every = np.arange(len(closed.outcomes))
    known = np.array([bool(one) for one in closed.outcomes], dtype=bool)
    good = np.array([one in successful for one in closed.outcomes], dtype=bool)
    counts = [cells.count(every[some], closed.at[some]) for some in (every >= 0, known, good)]
    return cells.rows(
        {
            "closed": counts[0].tolist(),
            "reviewed": counts[1].tolist(),
            "successful": counts[2].tolist(),
            "rate": percent(counts[2], counts[1]),
        }
    )
