"""Many tests at once (Benjamini and Hochberg, 1995: Controlling the false discovery rate)."""

from math import inf, log

import numpy as np

from impact.kernels.chance import Floats


def threshold(log_p: Floats, tested: int, rate: float) -> float:
    """The logarithm of the largest p-value that is a discovery among so many tests; minus infinity: none is.

    Tests whose p-values are not among `log_p` count as not significant. The rate holds for independent tests
    and those that depend on one another positively, as providers with shared dependents do.
    """
    ordered = np.sort(log_p)
    ranks = np.arange(1, len(ordered) + 1)
    passed = np.flatnonzero(ordered <= np.log(ranks) + log(rate) - log(max(1, tested)))
    return float(ordered[passed[-1]]) if len(passed) else -inf
