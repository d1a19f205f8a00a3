"""Sets of moments: stretches of seconds, ascending and apart, each up to but without its end."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

FOREVER = 2**62
"""The end of what never ends."""
Span = tuple[int, int]
Spans = tuple[Span, ...]


def union(*sets: Iterable[Span]) -> Spans:
    """Every moment of any of them."""
    merged: list[Span] = []
    for begin, end in sorted(span for spans in sets for span in spans):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return tuple(merged)


def more_than(spare: int, weighed: Iterable[tuple[int, Spans]]) -> Spans:
    """The moments at which sets weigh more than `spare` together; each is given as its weight and itself."""
    changes = [
        change
        for weight, spans in weighed
        for begin, end in spans
        for change in ((begin, weight), (end, -weight))
    ]
    return union(_exceeding(sorted(changes), spare))


def _exceeding(changes: Iterable[tuple[int, int]], spare: int) -> Iterator[Span]:
    weight, since = 0, None
    for moment, at_once in groupby(changes, itemgetter(0)):
        weight += sum(change for _, change in at_once)
        if since is None and weight > spare:
            since = moment
        elif since is not None and weight <= spare:
            yield since, moment
            since = None


def both(one: Spans, other: Spans) -> Spans:
    """The moments that are in both."""
    return more_than(1, ((1, one), (1, other)))


def without(spans: Spans, gone: Spans) -> Spans:
    """The moments that are in the first only."""
    return more_than(1, ((2, spans), (-1, gone)))


def after(seconds: int, spans: Spans) -> Spans:
    """What is left of each once it has lasted for some seconds."""
    return (
        tuple((begin + seconds, end) for begin, end in spans if end - begin > seconds) if seconds else spans
    )


def holds(spans: Spans, moment: int) -> bool:
    """Whether the moment is in the set."""
    return any(begin <= moment < end for begin, end in spans)


def length(spans: Spans) -> int | None:
    """How many seconds it has; None: endless."""
    return None if spans and spans[-1][1] == FOREVER else sum(end - begin for begin, end in spans)
