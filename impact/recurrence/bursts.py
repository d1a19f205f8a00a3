"""Incidents of one CI that crowd together in time."""

from collections.abc import Iterator
from datetime import timedelta
from math import exp, log
from typing import NamedTuple

import numpy as np

from impact.arrays import Ints
from impact.kernels.chance import log_tail
from impact.projection import CIs
from impact.questions.naming import ref
from impact.recurrence.correction import threshold
from impact.recurrence.hits import Hits
from impact.recurrence.models import Burst, Period
from impact.recurrence.rules import RecurrenceRules


class Crowd(NamedTuple):
    """The fullest window of one length over the incidents of a CI."""

    log_p: float
    ci: int
    window: timedelta
    incidents: Ints
    in_period: int


def bursts(cis: CIs, hits: Hits, period: Period, rules: RecurrenceRules) -> list[Burst]:
    """CIs whose incidents crowd together more than if each had come at any time of the period."""
    crowds = list(_crowds(hits, period, rules))
    log_p = np.array([crowd.log_p for crowd in crowds])
    limit = threshold(log_p, len(crowds), rules.false_discovery_rate)
    best: dict[int, Crowd] = {}
    for crowd in sorted(crowds, key=lambda crowd: (crowd.log_p, cis.rank[crowd.ci])):
        if crowd.log_p <= limit and len(crowd.incidents) >= rules.at_least:
            best.setdefault(crowd.ci, crowd)
    return [_told(cis, hits, crowd) for crowd in best.values()]


def _crowds(hits: Hits, period: Period, rules: RecurrenceRules) -> Iterator[Crowd]:
    enough = np.diff(hits.first)[hits.cis] >= rules.at_least
    windows = [timedelta(days=days) for days in rules.windows_days]
    for ci in hits.cis[enough].tolist():
        incidents = hits.of_cis(np.array([ci], dtype=np.int32))
        for window in windows:
            if window < period.length:
                yield _fullest(hits, ci, incidents, window, window / period.length)


def _fullest(hits: Hits, ci: int, incidents: Ints, window: timedelta, share: float) -> Crowd:
    """The window, begun by an incident, with the most of them; of equally full ones the first.

    With n incidents at any time, one that begins a window has k - 1 or more of the others in it by a
    binomial chance; n times that bounds the chance that any has. It is the union bound of the scan statistic
    (Naus, 1965: The distribution of the size of the maximum cluster of points on a line).
    """
    at, count = hits.at[incidents], len(incidents)
    ends = np.searchsorted(at, at + window.total_seconds(), side="right")
    first = int(np.argmax(ends - np.arange(count)))
    inside = incidents[first : int(ends[first])]
    log_p = min(0.0, log(count) + _tail(len(inside) - 1, count - 1, share))
    return Crowd(log_p, ci, window, inside, count)


def _tail(count: int, trials: int, share: float) -> float:
    """The logarithm of the chance of `count` or more; 1 where that is no more than the mean."""
    return log_tail(count, trials, trials * share) if count > trials * share else 0.0


def _told(cis: CIs, hits: Hits, crowd: Crowd) -> Burst:
    since, until = (hits.incidents[int(place)].at for place in crowd.incidents[[0, -1]])
    return Burst(
        **vars(ref(cis, crowd.ci)),
        incidents=len(crowd.incidents),
        in_period=crowd.in_period,
        window_days=crowd.window / timedelta(days=1),
        since=since,
        until=until,
        p_value=exp(crowd.log_p),
    )
