"""Vertex-disjoint paths of least total length, one shortest augmentation after the other.

Suurballe (1974: Disjoint paths in a network) on the flow of Ford and Fulkerson (1956): every vertex is
split into an entrance and an exit, which one path can pass. Each search is Dijkstra's, on lengths reduced
by what the searches before have found, so that taking back a step of a path is never a negative length.

A graph of p vertices is `start, tail, head`: vertex `v` has the arcs `start[v]` up to `start[v + 1]`, each
of length 1, from `tail` to `head`, with distinct heads in ascending order.
"""

from heapq import heappop, heappush

import numpy as np

from impact.arrays import Flags, Ints, Longs
from impact.kernels.compiling import kernel

NONE = -1
FAR = 2**30


@kernel
def disjoint(start: Ints, tail: Ints, head: Ints, source: int, target: int, most: int) -> Flags:
    """The arcs of up to `most` paths that share no vertex but their ends; of as many as there are.

    One path alone is the shortest; of several such, the one over the smallest vertices seen from the
    target. Costs O((p + arcs) log p) a path.
    """
    used, entry = np.zeros(len(head), np.bool_), np.full(len(start) - 1, NONE, np.int32)
    offset = np.zeros(2 * len(entry), np.int64)
    for _ in range(most):
        come = _search(start, tail, head, used, entry, offset, source, target)
        if come[target] == NONE:
            break
        _augment(start, head, used, entry, come, source, target)
    return used


@kernel
def _search(
    start: Ints,
    tail: Ints,
    head: Ints,
    used: Flags,
    entry: Ints,
    offset: Longs,
    source: int,
    target: int,
) -> Ints:
    """From which state each state is come to on a shortest way from the source; ends at the target.

    State `v` is the entrance of vertex `v`, state `p + v` its exit. `entry` has the arc by which a path
    enters a vertex. Adds to `offset` the lengths of the ways, up to that of the target.
    """
    count = len(entry)
    way, come = np.full(2 * count, FAR, np.int64), np.full(2 * count, NONE, np.int32)
    way[count + source] = 0
    heap = [count + source]  # each is a length times the number of states, plus a state
    while heap:
        length, state = divmod(heappop(heap), 2 * count)
        if state == target:
            break
        if length > way[state]:
            continue
        if state < count:
            taken = entry[state] != NONE
            before = int(tail[entry[state]]) if taken else state
            _relax(heap, way, come, offset, state, count + before, -1 if taken else 0)
            continue
        vertex = state - count
        if entry[vertex] != NONE:
            _relax(heap, way, come, offset, state, vertex, 0)
        for arc in range(start[vertex], start[vertex + 1]):
            if not used[arc]:
                _relax(heap, way, come, offset, state, int(head[arc]), 1)
    offset += np.minimum(way, way[target])
    return come


@kernel
def _relax(
    heap: list[int], way: Longs, come: Ints, offset: Longs, state: int, other: int, length: int
) -> None:
    """Note the way to `other` over `state` if it is the shortest so far."""
    reduced = int(way[state] + length + offset[state] - offset[other])
    if reduced < way[other]:
        way[other] = reduced
        come[other] = state
        heappush(heap, reduced * len(way) + other)


@kernel
def _augment(start: Ints, head: Ints, used: Flags, entry: Ints, come: Ints, source: int, target: int) -> None:
    """Take back the steps that the way goes against, then take those that it goes along."""
    count = len(entry)
    for forward in (False, True):
        state = target
        while state != count + source:
            before = int(come[state])
            if abs(before - state) != count:  # within a vertex nothing is taken
                if forward and before >= count:
                    arcs = head[start[before - count] : start[before - count + 1]]
                    entry[state] = start[before - count] + np.searchsorted(arcs, state)
                    used[entry[state]] = True
                elif not forward and before < count:
                    used[entry[before]] = False
                    entry[before] = NONE
            state = before
