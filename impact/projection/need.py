"""How many of its members a redundancy group needs."""

from fractions import Fraction

Need = int | str | None
"""A count, a share such as `"60%"`, or None for all."""


def share(need: Need) -> Fraction:
    """The need as an exact share of the whole; that of a count is all."""
    return Fraction(need.removesuffix("%")) / 100 if isinstance(need, str) else Fraction(1)
