"""How long incidents take, and how many are left."""

import numpy as np
from numpy.typing import NDArray

from cmdb.reports.cells import Cells
from cmdb.reports.incidents import SETTLED, Incidents
from cmdb.reports.report import Column, Figure, Kind, Rows

HOUR, DAY = 3_600, 86_400

MTTR = Kind(
    "mttr",
    "Mean time to restore",
    "mean_hours",
    (Column("resolved"), Column("mean_hours", "h"), Column("median_hours", "h"), Column("p90_hours", "h")),
)


def mttr(incidents: Incidents, cells: Cells) -> Rows:
    """From opening to last resolution, of the incidents resolved in each period and not reopened since."""
    done = incidents.last & (incidents.ended == SETTLED)
    of, at = incidents.of[done], incidents.until[done]
    hours = cells.values(of, at, (at - incidents.opened[of]) / HOUR)
    return cells.rows(
        {
            "resolved": [len(some) for some in hours],
            "mean_hours": [float(some.mean()) if len(some) else None for some in hours],
            "median_hours": [_percentile(some, 50) for some in hours],
            "p90_hours": [_percentile(some, 90) for some in hours],
        }
    )


def backlog_kind(ages: tuple[float, ...]) -> Kind:
    """The report with classes by age: up to each bound, and over the last."""
    return Kind(
        "backlog",
        "Backlog of incidents at the end of the period",
        "open",
        (
            Column("open"),
            *(Column(name) for name in _classes(ages)),
            Column("mean_age_days", "d"),
            Column("oldest_days", "d"),
        ),
    )


def backlog(incidents: Incidents, cells: Cells, ages: tuple[float, ...]) -> Rows:
    """What is neither resolved nor cancelled at the end of each period, by its age since it was opened."""
    per_period = [_backlog(incidents, cells, int(edge), ages) for edge in cells.periods.edges[1:]]
    figures: dict[str, list[Figure]] = {
        name: [figure for period in per_period for figure in period[name]] for name in per_period[0]
    }
    return cells.rows(figures)


def _backlog(
    incidents: Incidents, cells: Cells, end: int, ages: tuple[float, ...]
) -> dict[str, list[Figure]]:
    """The figures of all groups at one time."""
    of = incidents.of[(incidents.since < end) & (incidents.until >= end)]
    which, codes = cells.groups(of)
    days = (end - incidents.opened[of][which]) / DAY
    in_class = np.searchsorted(np.array(ages), days, side="left")
    groups = [days[codes == group] for group in range(len(cells.names))]
    return {
        "open": [len(some) for some in groups],
        **{
            name: [int(np.sum(in_class[codes == group] == place)) for group in range(len(cells.names))]
            for place, name in enumerate(_classes(ages))
        },
        "mean_age_days": [float(some.mean()) if len(some) else None for some in groups],
        "oldest_days": [float(some.max()) if len(some) else None for some in groups],
    }


def _classes(ages: tuple[float, ...]) -> list[str]:
    return [*(f"up_to_{age:g}_days" for age in ages), f"over_{ages[-1]:g}_days"]


def _percentile(ascending: NDArray[np.float64], percent: int) -> float | None:
    """The nearest-rank percentile: the least value that so many percent do not exceed."""
    if not len(ascending):
        return None
    return float(ascending[max(0, -(-len(ascending) * percent // 100) - 1)])
