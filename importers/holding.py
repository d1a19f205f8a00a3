"""Puts things in an order in which what holds others comes before what it holds."""

from collections.abc import Mapping


def holders_first(within: Mapping[str, str]) -> dict[str, str]:
    """What holds each thing (empty: nothing), those first that hold others.

    What stands, however deep, within a circle of things that hold each other is held by nothing.
    """
    depths = {key: _depth(key, within) for key in within}
    return {key: within[key] if depths[key] else "" for key in sorted(within, key=lambda key: depths[key])}


def _depth(key: str, within: Mapping[str, str]) -> int:
    """How many hold it; 0 where they hold each other."""
    seen = {key}
    while key := within.get(key, ""):
        if key in seen:
            return 0
        seen.add(key)
    return len(seen) - 1
