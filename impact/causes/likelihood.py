"""How well an explanation fits what is seen, in parts that add up.

Let h be an explanation: CIs that fail, or none, where something has failed that is not in the CMDB. What falls
with CIs follows from the graph. A watched CI alarms with the probability d of its predicted state, or falsely
with probability f (noisy-or with a leak; Pearl, 1988: Probabilistic reasoning in intelligent systems, 4.3):

    P(alarm | predicted)   = 1 - (1 - d)(1 - f)      P(alarm | not predicted)   = f
    P(healthy | predicted) = (1 - d)(1 - f)          P(healthy | not predicted) = 1 - f

With probability o, something that is not in the CMDB fails and makes any alarm with probability q. So u alarms
that h does not predict count as (1 - o) f^u + o q^u; or as o q^u if h is none, for something did fail. Of n CIs that h takes down or degrades and
of which nothing is said (counted by d), none has been said to alarm: with an unknown share of CIs watched,
Beta(1, b) with mean `silent`, that has probability b / (b + n). With v symptoms that began before any of the
causes alarmed, the order counts as (1 - late) early^v + late.

Given h, CIs alarm independently, as in Steinder and Sethi, 2004 (Probabilistic fault localization in
communication systems using belief networks) and Kandula, Katabi and Vasseur, 2005 (Shrink: a tool for
failure diagnosis in IP networks), whose bound on simultaneous causes is kept, too.

Every part is the common logarithm of the ratio to "all alarms are false": 1 means ten times as likely.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from impact.arrays import Ints
from impact.causes.policy import RootCausePolicy
from impact.kernels.symptoms import ALARM, COLUMNS, DEGRADED_OFFSET, HEALTHY, UNKNOWN

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
    each = counts * _weights(policy)
    explained, healthy = (each[:, said] + each[:, said + DEGRADED_OFFSET] for said in (ALARM, HEALTHY))
    left = alarms - counts[:, ALARM] - counts[:, ALARM + DEGRADED_OFFSET]
    late = policy.onset.late
    order = np.log10((1 - late) * policy.onset.early ** early.astype(np.float64) + late)
    return Parts(explained, _beyond(left, policy), healthy, _silence(counts, policy), order, prior)


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


def _silence(counts: Ints, policy: RootCausePolicy) -> Logs:
    """What CIs count that should alarm and of which nothing is said."""
    if not policy.alarms.silent:
        return np.zeros(len(counts))
    alarms, spread = policy.alarms, 1 / policy.alarms.silent - 1
    expected = alarms.down * counts[:, UNKNOWN] + alarms.degraded * counts[:, UNKNOWN + DEGRADED_OFFSET]
    ratio: Logs = np.log10(spread / (spread + expected))
    return ratio


def _weights(policy: RootCausePolicy) -> Logs:
    """What one watched CI in each column of a tally counts."""
    false, weights = policy.alarms.false, np.ones(COLUMNS)
    for offset, detected in ((0, policy.alarms.down), (DEGRADED_OFFSET, policy.alarms.degraded)):
        missed = (1 - detected) * (1 - false)
        weights[offset + ALARM] = (1 - missed) / false
        weights[offset + HEALTHY] = missed / (1 - false)
    logs: Logs = np.log10(weights)
    return logs
