"""What groups miss, entry by entry, of the outages that are known so far: where counting does not tell."""

from impact.arrays import Ints
from impact.kernels.compiling import indices, kernel
from impact.kernels.outage import CI, GROUP, NONE, PARENT, REACHED, SECONDS, STEPS, beyond, outage_of
from impact.kernels.scratch import Scratch
from impact.kernels.wiring import Wiring

NOBODY = 2**31 - 1


@kernel
def longest(wiring: Wiring, scratch: Scratch, log: Ints, group: int, spare: int) -> int:
    """The greatest outage that the group loses too much with; 0 if its owner is known to be away as long."""
    member, tolerates, seen, place = wiring.member, wiring.tolerates, scratch.seen, scratch.place
    owner, found, known = wiring.owner[group], 0, 0
    if seen[owner] & REACHED:
        known = outage_of(log[place[owner], SECONDS], log[place[owner], STEPS])
    for entry in range(wiring.first[group], wiring.first[group + 1]):
        ci = member[entry]
        if seen[ci] & REACHED and wiring.weight[entry]:
            missed = beyond(outage_of(log[place[ci], SECONDS], log[place[ci], STEPS]), tolerates[entry])
            if missed > max(found, known) and _loses(wiring, scratch, log, group, spare, missed):
                found = missed
    return found


@kernel
def _loses(wiring: Wiring, scratch: Scratch, log: Ints, group: int, spare: int, outage: int) -> bool:
    """Whether the entries known to have this outage or a greater one are more than the group can spare."""
    member, tolerates, seen, place = wiring.member, wiring.tolerates, scratch.seen, scratch.place
    weight = 0
    for entry in range(wiring.first[group], wiring.first[group + 1]):
        ci = member[entry]
        if seen[ci] & REACHED:
            missed = beyond(outage_of(log[place[ci], SECONDS], log[place[ci], STEPS]), tolerates[entry])
            weight += wiring.weight[entry] if missed >= outage else 0
    return weight > spare


@kernel
def attribute(wiring: Wiring, scratch: Scratch, no: Ints, log: Ints, size: int, end: int) -> None:
    """Let the member with the lowest number decide an offer, of all that the group misses as long.

    Offers are the records from `size` up to `end`; their outages are still what the group misses.
    """
    first, member = indices(wiring.first), indices(wiring.member)
    weight, tolerates, seen, place = wiring.weight, wiring.tolerates, scratch.seen, scratch.place
    for record in range(size, end):
        group, parent = log[record, GROUP], log[record, PARENT]
        if group == NONE:
            continue
        outage = outage_of(log[record, SECONDS], log[record, STEPS])
        lowest = NOBODY if parent == NONE else no[log[parent, CI]]
        for entry in range(first[group], first[group + 1]):
            ci = member[entry]
            if no[ci] < lowest and seen[ci] & REACHED and weight[entry]:
                known = outage_of(log[place[ci], SECONDS], log[place[ci], STEPS])
                if beyond(known, tolerates[entry]) == outage:
                    lowest, log[record, PARENT] = no[ci], place[ci]
