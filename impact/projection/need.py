"""How many of its members a redundancy group needs."""

from fractions import Fraction

import numpy as np

from impact.arrays import Longs

Need = int | str | None
"""A count, a share such as `"60%"`, or None for all."""


def required(need: Need, totals: Longs) -> Longs:
    """How much must be up in groups that have `totals` (members or weights) and the same `need`.

    A share is exact and rounded up. What exceeds the total is left as it is: that is for the caller
    to see.
    """
    if need is None:
        return totals
    if isinstance(need, int):
        return np.full_like(totals, need)
    share = Fraction(need.removesuffix("%")) / 100
    return -(-totals * share.numerator // share.denominator)
