"""Groups of incidents that become more frequent, or less, over a period."""

from collections import Counter
from collections.abc import Iterable
from math import exp, log

import numpy as np

from impact.kernels.chance import log_tail
from impact.recurrence.correction import threshold
from impact.recurrence.models import Period, Row, Trend
from impact.recurrence.rules import RecurrenceRules

ALL = "all"
"""What all incidents together are grouped by."""


def trends(rows: Iterable[Row], period: Period, rules: RecurrenceRules) -> list[Trend]:
    """Groups with uneven halves of the period, the least likely by chance first; all together are one too.

    At a steady rate each incident falls into either half with a chance of one half. The test is the exact
    conditional one for two Poisson rates (Przyborowski and Wilenski, 1940), two-sided, corrected for all
    groups with enough incidents.
    """
    middle = period.since + period.length / 2
    halves: tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]] = (Counter(), Counter())
    for row in rows:
        if row.at in period:
            halves[row.at >= middle].update([(ALL, ALL), *row.values.items()])
    told = [_trend(*group, halves[0][group], halves[1][group]) for group in {**halves[0], **halves[1]}]
    enough = [trend for trend in told if trend.before + trend.after >= rules.at_least]
    log_p = np.array([log(trend.p_value) for trend in enough])
    limit = threshold(log_p, len(enough), rules.false_discovery_rate)
    found = [trend for trend, chance in zip(enough, log_p.tolist(), strict=True) if chance <= limit]
    return sorted(found, key=lambda trend: (trend.p_value, trend.by, trend.value))


def _trend(by: str, value: str, before: int, after: int) -> Trend:
    return Trend(
        by=by,
        value=value,
        direction="rising" if after > before else "falling",
        before=before,
        after=after,
        p_value=_uneven(before, after),
    )


def _uneven(before: int, after: int) -> float:
    """The chance of halves as uneven as these, or more so."""
    if before == after:
        return 1.0
    together = before + after
    tail = exp(log_tail(max(before, after), together, together / 2))
    return min(1.0, max(2 * tail, np.finfo(float).tiny))
