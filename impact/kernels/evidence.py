"""Evidence: from a state back to a cause, along the rounds of the fixed point.

Each step goes to a member whose own state, reached exactly one round earlier, tipped a group. Among
equals the lowest number wins, then the first group.
"""

import numpy as np

from impact.arrays import Bytes, Ints
from impact.kernels.compiling import kernel
from impact.kernels.wiring import Wiring
from impact.state import State
from impact.strength import Strength

HARD, SOFT, GUARD = int(Strength.HARD), int(Strength.SOFT), int(Strength.GUARD)
DOWN, DEGRADED, AT_RISK = int(State.DOWN), int(State.DEGRADED), int(State.AT_RISK)
NEVER = -1


@kernel
def trace(
    wiring: Wiring, no: Ints, cis: Ints, down: Ints, impaired: Ints, endangered: Ints, ci: int, state: int
) -> tuple[Ints, Ints]:
    """The members and groups that lead from a CI with a state back to its cause, in that order.

    `cis` ascends; `down`, `impaired` and `endangered` are the rounds of each, or NEVER.
    """
    steps = _round(cis, _rounds(down, impaired, endangered, state), ci)
    members = np.empty(steps, dtype=np.int32)
    groups = np.empty(steps, dtype=np.int32)
    for step in range(steps):
        now = steps - step
        member, group = _step(wiring, no, cis, down, impaired, ci, state, now)
        ci, state = member, DOWN if _round(cis, down, member) == now - 1 else DEGRADED
        members[step], groups[step] = member, group
    return members, groups


@kernel
def last_steps(
    wiring: Wiring,
    no: Ints,
    cis: Ints,
    down: Ints,
    impaired: Ints,
    endangered: Ints,
    some: Ints,
    states: Bytes,
) -> tuple[Ints, Ints]:
    """The member and the group that gave each of some CIs its state; -1 for causes and those that are up.

    The last step of `trace` for many CIs at once.
    """
    members = np.full(len(some), -1, dtype=np.int32)
    groups = np.full(len(some), -1, dtype=np.int32)
    for place in range(len(some)):
        ci, state = some[place], states[place]
        now = _round(cis, _rounds(down, impaired, endangered, state), ci)
        if now > 0:
            members[place], groups[place] = _step(wiring, no, cis, down, impaired, ci, state, now)
    return members, groups


@kernel
def _rounds(down: Ints, impaired: Ints, endangered: Ints, state: int) -> Ints:
    """The rounds in which CIs got a state."""
    if state == DOWN:
        return down
    return endangered if state == AT_RISK else impaired


@kernel
def _step(
    wiring: Wiring, no: Ints, cis: Ints, down: Ints, impaired: Ints, ci: int, state: int, now: int
) -> tuple[int, int]:
    """The member and the group that forced a state on a CI in round `now`."""
    best, through = -1, -1
    for group in range(wiring.owned[ci, 0], wiring.owned[ci, 1]):
        member = _tipped(wiring, no, cis, down, impaired, group, state, now)
        if member >= 0 and (best < 0 or no[member] < no[best]):
            best, through = member, group
    return best, through


@kernel
def _tipped(
    wiring: Wiring, no: Ints, cis: Ints, down: Ints, impaired: Ints, group: int, state: int, now: int
) -> int:
    """The first member that forced the state on the group's owner in round `now`; -1 if none did."""
    strength = wiring.strength[group]
    watched = impaired if state == DEGRADED and strength == HARD else down
    if state == DOWN and strength != HARD:
        return -1
    if state == DEGRADED and strength != HARD and strength != SOFT:
        return -1
    if state == AT_RISK and strength < GUARD:
        return -1
    left, best = -int(wiring.need[group]), -1
    missing = False
    for entry in range(wiring.first[group], wiring.first[group + 1]):
        member = wiring.member[entry]
        reached = _round(cis, watched, member)
        if reached == NEVER or reached >= now:
            left += wiring.weight[entry]
            continue
        missing = True
        if reached == now - 1 and (best < 0 or no[member] < no[best]):
            best = member
    enough_to_force = missing if state == AT_RISK and strength != GUARD else left < 0
    return best if enough_to_force else -1


@kernel
def _round(cis: Ints, rounds: Ints, ci: int) -> int:
    """The round of a CI; NEVER for one that is not among `cis`."""
    place = np.searchsorted(cis, ci)
    return int(rounds[place]) if place < len(cis) and cis[place] == ci else NEVER
