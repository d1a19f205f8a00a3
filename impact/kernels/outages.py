"""How long each CI is away: the least fixed point of outages in seconds.

A best-first search, longest outage first and then fewest steps, after Dijkstra as Knuth generalised him
(1977: A generalization of Dijkstra's algorithm): a group is away until enough of its members are back,
hence never longer than those that it waits for. What comes in order is counted, once for each entry. A
failover alone can be longer than what set it off; whoever had its turn before gets another one, and groups
that are met out of order are searched instead. Near-linear in the entries of what is away.

An outage and its length in steps are one number, so that the longest and then the nearest is the greatest:
the seconds in the upper half, the steps counted down in the lower. One step on is one less.
"""

from collections.abc import Callable
from heapq import heappop, heappush
from typing import ParamSpec, TypeVar, cast

import numpy as np
from numba import njit

from impact.arrays import Bytes, Ints, Longs
from impact.kernels.compiling import indices, kernel
from impact.kernels.scratch import Scratch
from impact.kernels.wiring import Wiring
from impact.strength import Strength

HARD = int(Strength.HARD)
ENDLESS = 2**31 - 1
NONE = -1
OWN, WAIT, FAILOVER = 0, 1, 2
REACHED, SETTLED, PINNED = 1, 2, 4
CLOSED = SETTLED | PINNED
MIXED = -(2**31)
"""In the place of what a group can spare: its members do not come in order."""
CI, OUTAGE, STEPS, GROUP, PARENT, RULE = range(6)
SECONDS = OUTAGE
"""Columns of a record: the group and the record of the member that decide an outage, and by which rule."""


P = ParamSpec("P")
R = TypeVar("R")


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """Put a function in the place of its calls, each of which would count references to all its arrays."""
    return cast(Callable[P, R], njit(inline="always", nogil=True, error_model="numpy")(function))


@kernel
def outages(
    wiring: Wiring, scratch: Scratch, no: Ints, failed: Ints, seconds: Ints, pinned: Ints
) -> tuple[Ints, Ints]:
    """All outages that follow from CIs that fail for some seconds (ENDLESS: for good); pinned ones have none.

    Returns records, a row each: CI, seconds, steps, group, parent (the row of the member that decides; -1
    for a cause), rule (OWN, WAIT or FAILOVER). The group is -1 where it is lost with this member alone.
    Then the rows in force, one for each CI. The others are what a CI was away for before a failover made
    it longer, or nearer; they remain as parents.
    """
    row, dependent, counter = indices(wiring.row), indices(wiring.dependent), wiring.counter
    live, seen, place, carried = scratch.live, scratch.seen, scratch.place, wiring.carried
    counted, failover = wiring.counted, wiring.failover
    members = wiring.first, wiring.member, wiring.tolerates
    for ci in pinned:
        seen[ci] = PINNED
    log, run = np.empty((len(failed) + 64, 6), np.int64), np.empty(len(failed) + 64, np.int64)
    size, later = np.zeros(2, np.int64), [(0, 0)][:0]
    for index in range(len(failed)):
        outage = _outage(seconds[index], 0)
        _offer(seen, place, no, log, run, size, later, 0, failed[index], outage, NONE, NONE, OWN)
    head, lowest = 0, _outage(ENDLESS, 0)
    while head < size[1] or later:
        if head < size[1] and (not later or log[run[head], OUTAGE] >= -later[0][0]):
            record = run[head]
            head += 1
        else:
            record = heappop(later)[1]
            if head == size[1]:
                head = size[1] = 0
        ci, outage = log[record, CI], log[record, OUTAGE]
        if place[ci] != record:
            continue
        seen[ci] |= SETTLED
        in_order = outage <= lowest
        lowest = min(lowest, outage)
        if size[0] + 2 * (row[ci, 3] - row[ci, 0]) > len(log):
            log, run = _grown(log, row[ci, 3] - row[ci, 0]), _grown(run, row[ci, 3] - row[ci, 0])
        for at in range(row[ci, 0], row[ci, 1]):
            owner = dependent[at]
            if counter[at] != NONE and _is_timed(members, failover, counted[counter[at]], ci):
                _enter(wiring, scratch, no, log, run, size, later, record, at, False)
            elif not (in_order and seen[owner] & CLOSED):
                _offer(seen, place, no, log, run, size, later, outage, owner, outage - 1, NONE, record, WAIT)
        for at in range(row[ci, 1], row[ci, 3]):
            if at >= row[ci, 2] and wiring.strength[wiring.counted[counter[at]]] != HARD:
                continue
            left = live[counter[at]]
            if left == MIXED or not in_order or _is_timed(members, failover, counted[counter[at]], ci):
                _enter(wiring, scratch, no, log, run, size, later, record, at, True)
                continue
            live[counter[at]] = max(left - carried[at], -1)
            if 0 <= left < carried[at] and not seen[dependent[at]] & CLOSED:
                _tip(wiring, scratch, no, log, run, size, later, outage, counter[at], outage, record)
    return _result(wiring, scratch, log[: size[0]], pinned)


@kernel
def _outage(seconds: int, steps: int) -> int:
    return (int(seconds) << 32) | (ENDLESS - steps)


@kernel
def _steps(outage: int) -> int:
    return ENDLESS - (outage & ENDLESS)


@inlined
def _offer(
    seen: Bytes,
    place: Ints,
    no: Ints,
    log: Longs,
    run: Longs,
    size: Longs,
    later: list[tuple[int, int]],
    now: int,
    ci: int,
    outage: int,
    group: int,
    parent: int,
    rule: int,
) -> None:
    """Note an outage that is longer or nearer than what is known; among equals the lowest number decides.

    The outages one step on from `now` form a sorted run; only others need the heap.
    """
    if seen[ci] & PINNED or outage <= ENDLESS:
        return
    record = size[0]
    if seen[ci] & REACHED:
        known = log[place[ci], OUTAGE]
        if outage < known or (rule == FAILOVER and outage != known and outage >> 32 == known >> 32):
            return
        if outage == known:
            record = place[ci]
            if rule > log[record, RULE] or log[record, RULE] == OWN:
                return
            if rule == log[record, RULE] and no[log[parent, CI]] >= no[log[log[record, PARENT], CI]]:
                return
    if record == size[0]:
        seen[ci] = REACHED
        place[ci] = record
        size[0] += 1
        if outage == now - 1 and (size[1] == 0 or log[run[size[1] - 1], OUTAGE] >= outage):
            run[size[1]] = record
            size[1] += 1
        else:
            heappush(later, (-outage, record))
    log[record, CI], log[record, OUTAGE], log[record, GROUP] = ci, outage, group
    log[record, PARENT], log[record, RULE] = parent, rule


@kernel
def _grown(array: Longs, more: int) -> Longs:
    grown = np.empty((2 * (len(array) + more), *array.shape[1:]), np.int64)
    grown[: len(array)] = array
    return grown


@kernel
def _enter(
    wiring: Wiring,
    scratch: Scratch,
    no: Ints,
    log: Longs,
    run: Longs,
    size: Longs,
    later: list[tuple[int, int]],
    record: int,
    at: int,
    counted: bool,
) -> None:
    """What the outage of a member does to a group with tolerances or a failover, or out of order."""
    ci, outage = log[record, CI], log[record, OUTAGE]
    counter = wiring.counter[at]
    group = wiring.counted[counter]
    entry = _beyond(outage, tolerance((wiring.first, wiring.member, wiring.tolerates), group, ci))
    if entry == 0:
        return
    if wiring.failover[group] > 0:
        away = _outage(wiring.failover[group], _steps(entry) + 1)
        first = _lowest(wiring, scratch, no, log, group, entry, record)
        owner = wiring.owner[group]
        _offer(
            scratch.seen,
            scratch.place,
            no,
            log,
            run,
            size,
            later,
            outage,
            owner,
            away,
            group,
            first,
            FAILOVER,
        )
    if counted:
        scratch.live[counter] = MIXED
        entry, record = _search(wiring, scratch, log, group, wiring.spare[counter]), NONE
    if entry:
        _tip(wiring, scratch, no, log, run, size, later, outage, counter, entry, record)


@inlined
def _tip(
    wiring: Wiring,
    scratch: Scratch,
    no: Ints,
    log: Longs,
    run: Longs,
    size: Longs,
    later: list[tuple[int, int]],
    now: int,
    counter: int,
    outage: int,
    record: int,
) -> None:
    """A group is away as long as those of its members that have this outage."""
    group = wiring.counted[counter]
    first = _lowest(wiring, scratch, no, log, group, outage, record)
    owner = wiring.owner[group]
    _offer(scratch.seen, scratch.place, no, log, run, size, later, now, owner, outage - 1, group, first, WAIT)


@inlined
def tolerance(members: tuple[Ints, Ints, Ints], group: int, ci: int) -> int:
    """The seconds for which the owner of a group can do without a member.

    `members` are `first`, `member` and `tolerates` of the wiring.
    """
    first, member, tolerates = members
    low, high = first[group], first[group + 1]
    while low < high:
        middle = (low + high) // 2
        if member[middle] < ci:
            low = middle + 1
        else:
            high = middle
    return int(tolerates[low])


@inlined
def _is_timed(members: tuple[Ints, Ints, Ints], failover: Ints, group: int, ci: int) -> bool:
    """Whether a group may be away for another time than this member."""
    return failover[group] > 0 or tolerance(members, group, ci) > 0


@inlined
def _beyond(outage: int, tolerated: int) -> int:
    if outage >> 32 == ENDLESS:
        return outage
    return outage - (int(tolerated) << 32) if outage >> 32 > tolerated else 0


@kernel
def _search(wiring: Wiring, scratch: Scratch, log: Longs, group: int, spare: int) -> int:
    """The greatest outage that the group loses too much with, by bisection; 0 if it stands."""
    reached, beyond = 0, _outage(ENDLESS, 0) + 1
    if not _loses(wiring, scratch, log, group, spare, 1):
        return reached
    while beyond - reached > 1:
        middle = reached + (beyond - reached) // 2
        if _loses(wiring, scratch, log, group, spare, middle):
            reached = middle
        else:
            beyond = middle
    return reached


@kernel
def _loses(wiring: Wiring, scratch: Scratch, log: Longs, group: int, spare: int, outage: int) -> bool:
    """Whether the entries with this outage or a greater one are more than the group can spare."""
    member, tolerates, seen, place = wiring.member, wiring.tolerates, scratch.seen, scratch.place
    weight = 0
    for entry in range(wiring.first[group], wiring.first[group + 1]):
        if wiring.weight[entry] and _known(member, tolerates, seen, place, log, entry) >= outage:
            weight += wiring.weight[entry]
    return weight > spare


@inlined
def _known(member: Ints, tolerates: Ints, seen: Bytes, place: Ints, log: Longs, entry: int) -> int:
    """The outage of an entry as far as it is known; 0 if there is none."""
    ci = member[entry]
    return _beyond(log[place[ci], OUTAGE], tolerates[entry]) if seen[ci] & REACHED else 0


@inlined
def _lowest(
    wiring: Wiring, scratch: Scratch, no: Ints, log: Longs, group: int, outage: int, found: int
) -> int:
    """The record of the member with this outage on its entry that has the lowest number; `found` is one."""
    member, tolerates, seen, place = wiring.member, wiring.tolerates, scratch.seen, scratch.place
    for entry in range(wiring.first[group], wiring.first[group + 1]):
        if wiring.weight[entry] and _known(member, tolerates, seen, place, log, entry) == outage:
            record = place[member[entry]]
            if found == NONE or no[log[record, CI]] < no[log[found, CI]]:
                found = record
    return found


@kernel
def _result(wiring: Wiring, scratch: Scratch, log: Longs, pinned: Ints) -> tuple[Ints, Ints]:
    """The records as they are returned, with the scratch as it was found."""
    row, counter, spare = indices(wiring.row), indices(wiring.counter), wiring.spare
    live, seen, place = scratch.live, scratch.seen, scratch.place
    records, final, count = np.empty(log.shape, np.int32), np.empty(len(log), np.int32), 0
    for at in range(len(log)):
        ci, outage = log[at, CI], log[at, OUTAGE]
        for column in range(log.shape[1]):
            records[at, column] = log[at, column]
        records[at, SECONDS], records[at, STEPS] = outage >> 32, _steps(outage)
        final[count] = at
        count += place[ci] == at
        for entry in range(row[ci, 1], row[ci, 3]):
            live[counter[entry]] = spare[counter[entry]]
        seen[ci] = 0
    for ci in pinned:
        seen[ci] = 0
    return records, final[:count].copy()
