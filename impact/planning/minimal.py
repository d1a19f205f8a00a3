"""All minimal sets for which something holds that holds for every larger set.

A tree of hitting sets: a minimal set is found, and then sought again without each of its members in turn
(Reiter, 1987: A theory of diagnosis from first principles). One is found by halving what is left (Junker,
2004: QuickXplain).
"""

from collections.abc import Callable, Iterable, Sequence

Holds = Callable[[frozenset[str]], bool]
Sets = frozenset[frozenset[str]]


def minimal_sets(elements: Iterable[str], holds: Holds, most: int) -> tuple[Sets, bool]:
    """Every set for which it holds, and for no smaller part of it; and whether these are all.

    The tree is cut where it has more than `most` nodes.
    """
    everything, found = frozenset(elements), set[frozenset[str]]()
    pending, seen = [frozenset[str]()], {frozenset[str]()}
    while pending and len(seen) <= most:
        gone = pending.pop()
        one = next((known for known in sorted(found, key=sorted) if not known & gone), None)
        if one is None and holds(everything - gone):
            one = _one(sorted(everything - gone), holds)
            found.add(one)
        for fewer in (gone | {element} for element in one or ()):
            if fewer not in seen:
                seen.add(fewer)
                pending.append(fewer)
    return frozenset(found), not pending


def _one(elements: Sequence[str], holds: Holds) -> frozenset[str]:
    """A minimal set among elements for all of which it holds."""
    kept: frozenset[str] = frozenset()
    while not holds(kept):
        least = _shortest(elements, kept, holds)
        kept |= {elements[least - 1]}
        elements = elements[: least - 1]
    return kept


def _shortest(elements: Sequence[str], kept: frozenset[str], holds: Holds) -> int:
    """How many of the first elements it takes, beside those kept."""
    low, high = 1, len(elements)
    while low < high:
        middle = (low + high) // 2
        if holds(kept.union(elements[:middle])):
            high = middle
        else:
            low = middle + 1
    return low
