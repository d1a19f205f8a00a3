"""Failure rates that few changes cannot make extreme."""

from impact.risk.facts import Past
from impact.risk.policy import PastPolicy


def shrunk(past: Past | None, mean: float, strength: float) -> float:
    """The rate of failure, drawn towards the mean as by `strength` further changes at that mean: 0 to 1.

    The mean of the posterior Beta(strength · mean + failed, strength · (1 - mean) + closed - failed) of a
    binomial rate, whose prior takes its mean from all changes: parametric empirical Bayes (Casella, "An
    introduction to empirical Bayes data analysis", The American Statistician 39(2), 1985). The strength is
    given, not estimated. Where nothing is known the rate is the mean.
    """
    failed, closed = (past.failed, past.closed) if past else (0, 0)
    return (failed + strength * mean) / (closed + strength)


def mean_rate(overall: Past | None, policy: PastPolicy) -> float:
    """The rate of all changes, itself drawn towards the policy's `prior_rate`."""
    return shrunk(overall, policy.prior_rate, policy.strength)
