"""Outages as numbers and as records: what the kernels that compute them share.

An outage and its length in steps are one number, so that the longest and then the nearest is the greatest:
the seconds in the upper half, the steps counted down in the lower. One step on is one less.

Records are read and written where they are needed: a call for each would count references to the log.
"""

from impact.kernels.compiling import inlined

ENDLESS = 2**31 - 1
NONE = -1
REACHED = 1
"""Of what has been seen of a CI: it has a record, and `place` tells which."""
OWN, WAIT, FAILOVER = 0, 1, 2
CI, SECONDS, STEPS, GROUP, PARENT, RULE = range(6)
"""Columns of a record: the group and the record of the member that decide an outage, and by which rule."""


@inlined
def outage_of(seconds: int, steps: int) -> int:
    """The number of an outage."""
    return (int(seconds) << 32) | (ENDLESS - int(steps))


@inlined
def steps_of(outage: int) -> int:
    """How many steps an outage is from its cause."""
    return ENDLESS - (outage & ENDLESS)


@inlined
def beyond(outage: int, tolerated: int) -> int:
    """What is missed of an outage; 0 if nothing is."""
    if outage >> 32 == ENDLESS:
        return outage
    return outage - (int(tolerated) << 32) if outage >> 32 > tolerated else 0
