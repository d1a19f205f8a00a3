"""Incidents that come back to the same CI."""

import numpy as np

from cmdb.reports.cells import Cells, percent
from cmdb.reports.incidents import Incidents
from cmdb.reports.report import Column, Kind, Rows
from cmdb.reports.restoring import DAY

RECURRENCE = Kind(
    "recurrence",
    "Incidents that repeat another one on the same CI",
    "rate",
    (Column("opened"), Column("with_ci"), Column("repeated"), Column("rate", "%")),
)


def recurrence(incidents: Incidents, cells: Cells, days: int) -> Rows:
    """Of the incidents on known CIs opened in each period, those that repeat one of so many days before."""
    every, on = np.arange(len(incidents.numbers)), incidents.groups["ci"]
    known = np.diff(on.starts) > 0
    of = np.repeat(every, np.diff(on.starts))
    order = np.lexsort((of, incidents.opened[of], on.codes))
    gap = np.diff(incidents.opened[of[order]]) <= days * DAY
    repeats = of[order][1:][gap & (np.diff(on.codes[order]) == 0)]
    repeated = np.isin(every, repeats)
    counts = [cells.count(every[some], incidents.opened[some]) for some in (every >= 0, known, repeated)]
    return cells.rows(
        {
            "opened": counts[0].tolist(),
            "with_ci": counts[1].tolist(),
            "repeated": counts[2].tolist(),
            "rate": percent(counts[2], counts[1]),
        }
    )
