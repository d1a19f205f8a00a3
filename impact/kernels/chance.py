"""What chance would give: incidents spread over CIs, and the chance of as many as there were."""

from math import exp, inf, lgamma, log, log1p

import numpy as np
import numpy.typing as npt

from impact.arrays import Ints
from impact.kernels.compiling import kernel

Floats = npt.NDArray[np.float64]
SMALL = 1e-17


@kernel
def expected(share: Floats, size: Ints, first: Ints, stratum: Ints, hits: Ints, times: Ints) -> Floats:
    """How many incidents hit a set of CIs by chance, for k sets with `share[k, s]` of each stratum.

    Stratum `s` has `size[s]` CIs. `times[g]` incidents each hit `hits[at]` distinct CIs of `stratum[at]`, for
    `at` from `first[g]` up to `first[g + 1]`, drawn without replacement: the chance to miss a set is
    hypergeometric in each stratum. A share need not be a whole number of CIs.
    """
    found = np.zeros(len(share))
    missed = np.empty(len(stratum))
    for at_set in range(len(share)):
        for at in range(len(stratum)):
            of = stratum[at]
            missed[at] = _missed(share[at_set, of], size[of], hits[at])
        for group in range(len(times)):
            left = 0.0
            for at in range(first[group], first[group + 1]):
                left += missed[at]
            found[at_set] += times[group] * (1 - exp(left))
    return found


@kernel
def _missed(share: float, size: int, hits: int) -> float:
    """The logarithm of the chance that draws from a stratum all miss a share of it."""
    others = size * (1 - share)
    if share <= 0:
        return 0.0
    if others - hits + 1 <= 0:
        return -inf
    if hits == 1:
        return log1p(-share) if share < 1 else -inf
    return lgamma(others + 1) - lgamma(others - hits + 1) - lgamma(size + 1.0) + lgamma(size - hits + 1.0)


@kernel
def log_tail(count: int, trials: int, mean: float) -> float:
    """The logarithm of the chance that a binomial of some `mean` is `count` or more; `count` above the mean.

    Sums the terms from `count` on, which shrink from there, until they count no more.
    """
    chance = mean / trials
    if count <= 0 or chance >= 1:
        return 0.0
    if chance <= 0 or count > trials:
        return -inf
    top = (
        lgamma(trials + 1.0)
        - lgamma(count + 1.0)
        - lgamma(trials - count + 1.0)
        + count * log(chance)
        + (trials - count) * log1p(-chance)
    )
    total, term = 1.0, 1.0
    for at in range(count, trials):
        term *= (trials - at) / (at + 1) * chance / (1 - chance)
        total += term
        if term < SMALL * total:
            break
    return min(0.0, top + log(total))


@kernel
def log_tails(counts: Ints, trials: int, means: Floats) -> Floats:
    """The same for many."""
    found = np.empty(len(counts))
    for at in range(len(counts)):
        found[at] = log_tail(counts[at], trials, means[at])
    return found
