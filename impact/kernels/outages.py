"""How long each CI is away: the least fixed point of outages in seconds.

A best-first search, longest outage first and then fewest steps, after Dijkstra as Knuth generalised him
(1977: A generalization of Dijkstra's algorithm): a group is away until enough of its members are back,
hence never longer than those that it waits for. What comes in order is counted, once for each entry. A
failover alone can be longer than what set it off; whoever had its turn before gets another one, and groups
that are met out of order are searched instead. Near-linear in the entries of what is away.
"""

from heapq import heappop, heappush

import numpy as np

from impact.arrays import Ints, Longs
from impact.kernels.compiling import indices, kernel
from impact.kernels.missing import attribute, longest
from impact.kernels.outage import (
    CI,
    ENDLESS,
    FAILOVER,
    GROUP,
    NONE,
    OWN,
    PARENT,
    REACHED,
    RULE,
    SECONDS,
    STEPS,
    WAIT,
    beyond,
    outage_of,
    steps_of,
)
from impact.kernels.scratch import Scratch
from impact.kernels.wiring import Wiring
from impact.strength import Strength

HARD = int(Strength.HARD)
SETTLED, PINNED = 2, 4
CLOSED = SETTLED | PINNED
MIXED = -(2**31)
"""In the place of what a group can spare: its members do not come in order."""


@kernel
def outages(
    wiring: Wiring, scratch: Scratch, no: Ints, failed: Ints, seconds: Ints, pinned: Ints
) -> tuple[Ints, Ints]:
    """All outages that follow from CIs that fail for some seconds (ENDLESS: for good); pinned ones have none.

    Returns records, a row each: CI, seconds, steps, group, parent (the row of the member that decides; -1
    for a cause), rule (OWN, WAIT or FAILOVER). The group is -1 where it is lost with this member alone.
    Then the rows in force, one for each CI. The others are what a CI was away for before a failover made
    it longer, or nearer; they remain as parents.

    It goes level by level: records of one outage and as many steps, then what follows from them.
    """
    for ci in pinned:
        scratch.seen[ci] = PINNED
    log, size = _declared(scratch, failed, seconds)
    later = [(-outage_of(log[record, SECONDS], log[record, STEPS]), record) for record in range(size)]
    later.sort()
    level = np.empty(0, np.int64)
    lowest = outage_of(ENDLESS, 0)
    while len(level) or later:
        level = _first(log, level, later)
        outage = outage_of(log[level[0], SECONDS], log[level[0], STEPS])
        log = _room(wiring, log, size, level)
        end = _spread(wiring, scratch, log, size, level, outage <= lowest)
        lowest = min(lowest, outage)
        attribute(wiring, scratch, no, log, size, end)
        size, level = _accept(wiring, scratch, no, log, size, end, outage, later)
    return _result(wiring, scratch, log[:size].copy(), pinned)


@kernel
def _declared(scratch: Scratch, failed: Ints, seconds: Ints) -> tuple[Ints, int]:
    """A log with the outages of the causes, and how many there are."""
    log, size = np.empty((len(failed) + 64, 6), np.int32), 0
    for index in range(len(failed)):
        if not scratch.seen[failed[index]] & PINNED and seconds[index] > 0:
            scratch.seen[failed[index]], scratch.place[failed[index]] = REACHED, size
            log[size, CI], log[size, SECONDS], log[size, STEPS] = failed[index], seconds[index], 0
            log[size, GROUP], log[size, PARENT], log[size, RULE] = NONE, NONE, OWN
            size += 1
    return log, size


@kernel
def _first(log: Ints, level: Longs, later: list[tuple[int, int]]) -> Longs:
    """The records with the longest outage and the fewest steps, of a level of alike ones and a heap."""
    if len(level) and (not later or outage_of(log[level[0], SECONDS], log[level[0], STEPS]) > -later[0][0]):
        return level
    outage = -later[0][0]
    for record in level:
        heappush(later, (-outage_of(log[record, SECONDS], log[record, STEPS]), record))
    first = [heappop(later)[1]]
    while later and -later[0][0] == outage:
        first.append(heappop(later)[1])
    return np.array(first, np.int64)


@kernel
def _room(wiring: Wiring, log: Ints, size: int, level: Longs) -> Ints:
    """The log, longer if it has no room for all that a level can make of its groups."""
    row, end = wiring.row, size
    for record in level:
        ci = log[record, CI]
        end += row[ci, 3] - row[ci, 0] + row[ci, 3] - row[ci, 2]
    if end <= len(log):
        return log
    longer = np.empty((max(end, 2 * len(log)), log.shape[1]), np.int32)
    longer[:size] = log[:size]
    return longer


@kernel
def _spread(wiring: Wiring, scratch: Scratch, log: Ints, size: int, level: Longs, in_order: bool) -> int:
    """Offer owners of groups what these miss of a level of alike records: as records behind those of the log.

    A group is counted while its members come in order, as those that are missed for good always do; then it
    is searched. The first member that is missed sets off a failover. Returns the end of the offers.
    """
    row, dependent, counter = indices(wiring.row), indices(wiring.dependent), indices(wiring.counter)
    counted, carried, tolerated = wiring.counted, wiring.carried, wiring.tolerated
    strength, failover, spare = wiring.strength, wiring.failover, wiring.spare
    live, seen, place = scratch.live, scratch.seen, scratch.place
    outage, closed = outage_of(log[level[0], SECONDS], log[level[0], STEPS]), CLOSED if in_order else PINNED
    for record in level:
        ci = log[record, CI]
        if place[ci] != record:
            continue
        seen[ci] |= SETTLED
        for at in range(row[ci, 0], row[ci, 1]):
            log[size, CI], log[size, GROUP] = dependent[at], NONE
            log[size, PARENT], log[size, RULE] = record, WAIT
            log[size, SECONDS], log[size, STEPS] = outage >> 32, steps_of(outage)
            size += not seen[dependent[at]] & closed
        for at in range(row[ci, 1], row[ci, 3]):
            index = counter[at]
            left, missed, parent = live[index], outage, record
            if at >= row[ci, 2]:
                missed = beyond(outage, tolerated[at])
                if missed == 0 or strength[counted[index]] != HARD:
                    continue
                if left == spare[index] and failover[counted[index]] > 0:
                    log[size, CI], log[size, GROUP] = dependent[at], counted[index]
                    log[size, PARENT], log[size, RULE] = record, FAILOVER
                    log[size, SECONDS], log[size, STEPS] = missed >> 32, steps_of(missed)
                    size += 1
            if left != MIXED and missed == outage and (in_order or left == spare[index]):
                live[index] = left - carried[at]
                if left < 0 or left >= carried[at] or seen[dependent[at]] & closed:
                    continue
            else:
                live[index] = MIXED
                if carried[at] <= spare[index]:
                    missed, parent = longest(wiring, scratch, log, counted[index], spare[index]), NONE
                    if missed == 0:
                        continue
            log[size, CI], log[size, GROUP] = dependent[at], counted[index]
            log[size, PARENT], log[size, RULE] = parent, WAIT
            log[size, SECONDS], log[size, STEPS] = missed >> 32, steps_of(missed)
            size += 1
    return size


@kernel
def _accept(
    wiring: Wiring,
    scratch: Scratch,
    no: Ints,
    log: Ints,
    size: int,
    end: int,
    outage: int,
    later: list[tuple[int, int]],
) -> tuple[int, Longs]:
    """Keep offers that are longer or nearer than what is known; among equals the lowest number decides.

    Returns the size of the log, and the new records that are one step on from `outage`.
    """
    seen, place, failover = scratch.seen, scratch.place, wiring.failover
    level, count = np.empty(end - size, np.int64), 0
    for offer in range(size, end):
        ci, group, rule = log[offer, CI], log[offer, GROUP], log[offer, RULE]
        parent, away, record = log[offer, PARENT], outage_of(log[offer, SECONDS], log[offer, STEPS]) - 1, size
        if seen[ci] & PINNED:
            continue
        if rule == FAILOVER:
            away = outage_of(failover[group], steps_of(away))
        if seen[ci] & REACHED:
            known = outage_of(log[place[ci], SECONDS], log[place[ci], STEPS])
            if away < known or (rule == FAILOVER and away != known and away >> 32 == known >> 32):
                continue
            if away == known:
                record = place[ci]
                if rule > log[record, RULE]:
                    continue
                if rule == log[record, RULE] and no[log[parent, CI]] >= no[log[log[record, PARENT], CI]]:
                    continue
        if record == size:
            size += 1
            seen[ci], place[ci] = REACHED, record
            if away == outage - 1:
                level[count] = record
                count += 1
            else:
                heappush(later, (-away, record))
        log[record, CI], log[record, SECONDS], log[record, STEPS] = ci, away >> 32, steps_of(away)
        log[record, GROUP], log[record, PARENT], log[record, RULE] = group, parent, rule
    return size, level[:count]


@kernel
def _result(wiring: Wiring, scratch: Scratch, records: Ints, pinned: Ints) -> tuple[Ints, Ints]:
    """The records and those in force, with the scratch as it was found."""
    row, counter, spare = indices(wiring.row), indices(wiring.counter), wiring.spare
    live, seen, place = scratch.live, scratch.seen, scratch.place
    final, count = np.empty(len(records), np.int32), 0
    for at in range(len(records)):
        ci = records[at, CI]
        final[count] = at
        count += place[ci] == at
        for entry in range(row[ci, 1], row[ci, 3]):
            live[counter[entry]] = spare[counter[entry]]
        seen[ci] = 0
    for ci in pinned:
        seen[ci] = 0
    return records, final[:count].copy()
