"""Stretches of time, from an instant to another that does not belong to it."""

from collections.abc import Iterable
from datetime import datetime

Stretch = tuple[datetime, datetime]


def union(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The same instants in disjoint stretches, in order; those without length are left out."""
    merged: list[Stretch] = []
    for begin, end in sorted(stretch for stretch in stretches if stretch[0] < stretch[1]):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged
