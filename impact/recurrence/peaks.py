"""Weekdays and hours with more incidents than their share of time."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo
from math import exp
from typing import Literal

import numpy as np

from impact.kernels.chance import log_tail
from impact.recurrence.correction import threshold
from impact.recurrence.models import Peak, Period
from impact.recurrence.rules import RecurrenceRules

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOUR = timedelta(hours=1)
Slot = tuple[Literal["weekday", "hour"], str]


def peaks(moments: Iterable[datetime], period: Period, zone: tzinfo, rules: RecurrenceRules) -> list[Peak]:
    """Weekdays and hours of the day, as clocks in `zone` show them, with more than their share of time.

    By chance an incident falls at any time of the period. The test is the binomial upper tail, corrected for
    the 31 slots. Working hours are a peak of their own wherever people report what fails.
    """
    counted = [moment for moment in moments if moment in period]
    incidents = Counter(slot for moment in counted for slot in _slots(moment, zone))
    shares = _shares(period, zone)
    chances = {slot: _log_p(incidents[slot], len(counted), share, rules) for slot, share in shares.items()}
    limit = threshold(np.array(list(chances.values())), len(chances), rules.false_discovery_rate)
    found = sorted((chance, slot) for slot, chance in chances.items() if chance <= limit)
    return [_told(slot, incidents[slot], len(counted) * shares[slot], chance) for chance, slot in found]


def _slots(moment: datetime, zone: tzinfo) -> tuple[Slot, Slot]:
    local = moment.astimezone(zone)
    return ("weekday", WEEKDAYS[local.weekday()]), ("hour", f"{local.hour:02}")


def _shares(period: Period, zone: tzinfo) -> dict[Slot, float]:
    """The share of the period that each slot is; a piece of time belongs to the slots that it begins in."""
    shares: defaultdict[Slot, float] = defaultdict(float)
    begin, until = period.since.astimezone(UTC), period.until.astimezone(UTC)
    while begin < until:
        end = min(begin.replace(minute=0, second=0, microsecond=0) + HOUR, until)
        for slot in _slots(begin, zone):
            shares[slot] += (end - begin) / period.length
        begin = end
    return shares


def _log_p(count: int, trials: int, share: float, rules: RecurrenceRules) -> float:
    """The logarithm of the chance of as many incidents; 1 where they are too few to be reported."""
    if count < rules.at_least or count <= trials * share:
        return 0.0
    return log_tail(count, trials, trials * share)


def _told(slot: Slot, incidents: int, expected: float, log_p: float) -> Peak:
    by, value = slot
    return Peak(
        by=by,
        value=value,
        incidents=incidents,
        expected=expected,
        times=incidents / expected,
        p_value=exp(log_p),
    )
