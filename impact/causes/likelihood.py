"""How well an explanation fits what is seen, in parts that add up.

Let h be an explanation: CIs that fail; or none, where something has failed that is not in the CMDB. What
falls with CIs follows from the graph.

- A watched CI that h takes down alarms with probability d, another one if it degrades it, and otherwise only
  falsely, with probability f: the two error rates of fault localisation (Steinder and Sethi, 2004:
  Probabilistic fault localization in communication systems using belief networks).
- One monitoring misses more than another, and one wrong relationship makes many wrong predictions. So d is
  not the same in all outages: Beta(a, b) with mean d, a + b = `weight`. If k alarm and m are healthy, that
  has the probability B(a + k, b + m) / B(a, b); were d fixed, it would be d^k (1 - d)^m. What h does not
  predict and is healthy counts as 1: 1 - f to the power of all such CIs would outweigh everything else,
  since f is no better known.
- With probability o, something that is not in the CMDB fails and makes any alarm with probability q, a leak
  of the whole outage as in Kandula, Katabi and Vasseur, 2005 (Shrink: a tool for failure diagnosis in IP
  networks). So u alarms that h does not predict count as (1 - o) f^u + o q^u; as o q^u if h is none, for
  something did fail.
- Of n CIs that h takes down or degrades and of which nothing is said (counted by d), none has been said to
  alarm. The share of CIs that are watched is Beta(1, c) with mean `silent`; the more alarms N there are, the
  more must be watched: probability B(1 + N, c + n) / B(1 + N, c), with N at most `weight`.
- With v symptoms that began before any of the causes alarmed, the order counts as
  (1 - late) early^v + late.

Every part is the common logarithm of the ratio to "all alarms are false": 1 means ten times as likely.
"""

from math import lgamma
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from impact.arrays import Ints
from impact.causes.policy import RootCausePolicy
from impact.kernels.symptoms import ALARM, DEGRADED_OFFSET, HEALTHY, UNKNOWN

Logs = npt.NDArray[np.float64]


class Parts(NamedTuple):
    """What speaks for explanations and against them; all columns are parallel."""

    explained: Logs
    """Alarms that it predicts."""
    beyond: Logs
    """Alarms that it does not, which may have one cause outside the CMDB."""
    healthy: Logs
    silence: Logs
    order: Logs
    prior: Logs

    @property
    def score(self) -> Logs:
        """All of it."""
        total: Logs = np.sum(self, axis=0)
        return total


def parts(counts: Ints, early: Ints, prior: Logs, alarms: int, policy: RootCausePolicy) -> Parts:
    """The parts of explanations with these tallies (see `impact.kernels.symptoms`) of so many alarms."""
    explained, healthy = _predicted(counts, policy)
    left = alarms - counts[:, ALARM] - counts[:, ALARM + DEGRADED_OFFSET]
    late = policy.onset.late
    order = np.log10((1 - late) * policy.onset.early ** early.astype(np.float64) + late)
    return Parts(explained, _beyond(left, policy), healthy, _silence(counts, alarms, policy), order, prior)


def nothing_fails(alarms: int, policy: RootCausePolicy) -> Parts:
    """The parts of the explanation that something has failed, but no CI of the CMDB."""
    nothing, prior = np.zeros(1), np.log10([policy.prior.outside])
    return Parts(nothing, alarms * _unknown(policy), nothing, nothing, nothing, prior)


def posterior(scores: Logs) -> Logs:
    """The probability of each explanation, if one of these is true."""
    likely: Logs = 10 ** (scores - scores.max())
    shares: Logs = likely / likely.sum()
    return shares


def _beyond(left: Ints, policy: RootCausePolicy) -> Logs:
    """What alarms count that are false, or come from something that is not in the CMDB."""
    outside, ratio = policy.prior.outside, left * _unknown(policy) * np.log(10)
    logs: Logs = np.logaddexp(np.log(1 - outside), np.log(outside) + ratio) / np.log(10)
    return logs


def _unknown(policy: RootCausePolicy) -> Logs:
    """What an alarm counts for a cause that is not in the CMDB."""
    ratio: Logs = np.log10([policy.prior.unknown / policy.alarms.false])
    return ratio


def _silence(counts: Ints, alarms: int, policy: RootCausePolicy) -> Logs:
    """What CIs count that should alarm and of which nothing is said."""
    rates = policy.alarms
    if not rates.silent:
        return np.zeros(len(counts))
    expected = rates.down * counts[:, UNKNOWN] + rates.degraded * counts[:, UNKNOWN + DEGRADED_OFFSET]
    values, place = np.unique(expected, return_inverse=True)
    unwatched, said = 1 / rates.silent - 1, 1 + min(alarms, rates.weight)
    before = lgamma(unwatched) - lgamma(unwatched + said)
    told = [lgamma(unwatched + n) - lgamma(unwatched + n + said) - before for n in values.tolist()]
    logs: Logs = (np.array(told) / np.log(10))[place]
    return logs


def _predicted(counts: Ints, policy: RootCausePolicy) -> tuple[Logs, Logs]:
    """What CIs count that should alarm: those that do, and those that are healthy instead."""
    explained, contradicted = np.zeros(len(counts)), np.zeros(len(counts))
    false, weight = policy.alarms.false, policy.alarms.weight
    for offset, detected in ((0, policy.alarms.down), (DEGRADED_OFFSET, policy.alarms.degraded)):
        alarm, well = counts[:, ALARM + offset], counts[:, HEALTHY + offset]
        noticed = _rising(weight * detected, alarm) - _rising(weight, alarm)
        both = _rising(weight * (1 - detected), well) + _rising(weight, alarm) - _rising(weight, alarm + well)
        explained += noticed - alarm * np.log10(false)
        contradicted += both
    return explained, contradicted


def _rising(start: float, counts: Ints) -> Logs:
    """The logarithm of start (start + 1) (start + 2) … with so many factors."""
    steps = np.log10(start + np.arange(counts.max(initial=0)))
    sums: Logs = np.concatenate(([0.0], np.cumsum(steps)))[counts]
    return sums
