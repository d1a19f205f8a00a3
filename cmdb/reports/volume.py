"""How many incidents there are."""

import numpy as np

from cmdb.reports.cells import Cells, percent
from cmdb.reports.incidents import CANCELLED, SETTLED, Incidents
from cmdb.reports.report import Column, Kind, Rows

VOLUME = Kind(
    "volume",
    "Incidents",
    "opened",
    (Column("opened"), Column("reopened"), Column("resolved"), Column("cancelled")),
)
REOPENED = Kind(
    "reopened",
    "Reopened incidents",
    "rate",
    (Column("resolved"), Column("reopened"), Column("rate", "%")),
)
ESCALATED = Kind(
    "escalated",
    "Escalated and reassigned incidents",
    "rate",
    (
        Column("opened"),
        Column("escalated"),
        Column("rate", "%"),
        Column("reassigned"),
        Column("reassigned_rate", "%"),
        Column("reassignments"),
    ),
)
SLA = Kind(
    "sla",
    "Incidents resolved as promised",
    "rate",
    (Column("resolved"), Column("promised"), Column("kept"), Column("rate", "%")),
)


def volume(incidents: Incidents, cells: Cells) -> Rows:
    """What was opened, reopened, resolved and cancelled in each period, each time that it was."""
    of, first = incidents.of, incidents.first
    ended = {
        how: cells.count(of[incidents.ended == how], incidents.until[incidents.ended == how])
        for how in (SETTLED, CANCELLED)
    }
    return cells.rows(
        {
            "opened": cells.count(of[first], incidents.since[first]).tolist(),
            "reopened": cells.count(of[~first], incidents.since[~first]).tolist(),
            "resolved": ended[SETTLED].tolist(),
            "cancelled": ended[CANCELLED].tolist(),
        }
    )


def reopened(incidents: Incidents, cells: Cells) -> Rows:
    """How often incidents were reopened, for each time that one was resolved in the same period."""
    settled, again = incidents.ended == SETTLED, ~incidents.first
    resolved = cells.count(incidents.of[settled], incidents.until[settled])
    count = cells.count(incidents.of[again], incidents.since[again])
    return cells.rows(
        {"resolved": resolved.tolist(), "reopened": count.tolist(), "rate": percent(count, resolved)}
    )


def escalated(incidents: Incidents, cells: Cells) -> Rows:
    """Of the incidents opened in each period, those escalated and those handed to another team since."""
    every = np.arange(len(incidents.numbers))
    opened = cells.count(every, incidents.opened)
    raised, handed = every[incidents.escalated > 0], every[incidents.reassigned > 0]
    one, other = (cells.count(some, incidents.opened[some]) for some in (raised, handed))
    times = np.repeat(every, incidents.reassigned)
    return cells.rows(
        {
            "opened": opened.tolist(),
            "escalated": one.tolist(),
            "rate": percent(one, opened),
            "reassigned": other.tolist(),
            "reassigned_rate": percent(other, opened),
            "reassignments": cells.count(times, incidents.opened[times]).tolist(),
        }
    )


def sla(incidents: Incidents, cells: Cells) -> Rows:
    """Of the incidents resolved in each period and not reopened since, those whose promise was kept."""
    done = incidents.last & (incidents.ended == SETTLED)
    of, at = incidents.of[done], incidents.until[done]
    kept = incidents.kept[of]
    promised, met = cells.count(of[kept >= 0], at[kept >= 0]), cells.count(of[kept == 1], at[kept == 1])
    return cells.rows(
        {
            "resolved": cells.count(of, at).tolist(),
            "promised": promised.tolist(),
            "kept": met.tolist(),
            "rate": percent(met, promised),
        }
    )
