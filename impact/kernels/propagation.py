"""Failure propagation: the least fixed point of the rules, computed in rounds.

In round 0 stand the causes; in round r + 1 every CI that the states of round r force. Failure alone goes
first: a breadth-first search that counts down what each group can spare (Dowling and Gallier, 1984: a
group is a clause whose unmet premises are counted). Only where something is degraded, or a soft group was
lost, a second search follows over all that is down or degraded. Both are linear in the entries of what
they reach.
"""

from impact.arrays import Ints
from impact.kernels.compiling import indices, kernel
from impact.kernels.scratch import Scratch
from impact.kernels.wiring import Wiring
from impact.strength import Strength

HARD, SOFT, GUARD = int(Strength.HARD), int(Strength.SOFT), int(Strength.GUARD)
REACHED, PINNED, SOFTENED, ENDANGERED = 1, 2, 4, 8
CLOSED = REACHED | PINNED


@kernel
def propagate(
    wiring: Wiring, scratch: Scratch, down: Ints, degraded: Ints, pinned: Ints
) -> tuple[Ints, Ints, Ints, Ints, Ints, Ints]:
    """All that follows from CIs that are down and degraded while pinned ones stay up.

    Returns CIs and their rounds: down; impaired (down or degraded); endangered (at risk, unless
    something worse). The first two are in order of rounds, and the same arrays where nothing degrades.
    """
    seen = scratch.seen
    for ci in pinned:
        seen[ci] = PINNED
    fallen, softened, endangered = _fall(wiring, scratch, down)
    down, down_rounds = scratch.queue[:fallen].copy(), scratch.rounds[:fallen].copy()
    endangered = _recover(wiring, scratch, down, down_rounds, endangered)
    impaired, impaired_rounds = down, down_rounds
    if softened or len(degraded):
        roots = 0
        while roots < fallen and down_rounds[roots] == 0:
            roots += 1
        impaired, impaired_rounds = _impair(wiring, scratch, down[:roots], degraded, softened)
    for ci in scratch.soft[:softened]:
        seen[ci] = 0
    for ci in scratch.endangered[:endangered]:
        seen[ci] = 0
    for ci in pinned:
        seen[ci] = 0
    return (
        down,
        down_rounds,
        impaired,
        impaired_rounds,
        scratch.endangered[:endangered].copy(),
        scratch.endangered_rounds[:endangered].copy(),
    )


@kernel
def _enter(scratch: Scratch, cis: Ints, tail: int) -> int:
    """Put CIs that are not closed into the queue, in round 0."""
    seen, queue = scratch.seen, scratch.queue
    for ci in cis:
        if not seen[ci] & CLOSED:
            seen[ci] |= REACHED
            queue[tail] = ci
            tail += 1
    return tail


@kernel
def _fall(wiring: Wiring, scratch: Scratch, causes: Ints) -> tuple[int, int, int]:
    """Fill the queue with all CIs that are down; note owners of lost soft and guard groups."""
    row, dependent, counter = indices(wiring.row), indices(wiring.dependent), indices(wiring.counter)
    live, seen, queue, rounds = scratch.live, scratch.seen, scratch.queue, scratch.rounds
    tail, softened, endangered = _enter(scratch, causes, 0), 0, 0
    head, round_, level = 0, 0, tail
    while head < tail:
        if head == level:
            round_, level = round_ + 1, tail
        ci = queue[head]
        rounds[head] = round_
        head += 1
        for at in range(row[ci, 0], row[ci, 1]):
            owner = dependent[at]
            queue[tail] = owner  # without a branch; kept if new
            tail += not seen[owner] & CLOSED
            seen[owner] |= REACHED
        for at in range(row[ci, 1], row[ci, 2]):
            left = live[counter[at]]
            live[counter[at]] = left - 1
            if left == 0:
                owner = dependent[at]
                queue[tail] = owner
                tail += not seen[owner] & CLOSED
                seen[owner] |= REACHED
        for at in range(row[ci, 2], row[ci, 3]):
            left = live[counter[at]]
            live[counter[at]] = left - wiring.carried[at]
            if left < 0 or left >= wiring.carried[at]:
                continue
            owner = dependent[at]
            strength = wiring.strength[wiring.counted[counter[at]]]
            if strength == HARD:
                queue[tail] = owner
                tail += not seen[owner] & CLOSED
                seen[owner] |= REACHED
            elif strength == SOFT and not seen[owner] & SOFTENED:
                seen[owner] |= SOFTENED
                scratch.soft[softened] = owner
                scratch.soft_rounds[softened] = round_ + 1
                softened += 1
            elif strength == GUARD and not seen[owner] & (ENDANGERED | PINNED):
                endangered = _endanger(scratch, owner, round_ + 1, endangered)
    return tail, softened, endangered


@kernel
def _endanger(scratch: Scratch, owner: int, round_: int, count: int) -> int:
    scratch.seen[owner] |= ENDANGERED
    scratch.endangered[count] = owner
    scratch.endangered_rounds[count] = round_
    scratch.place[owner] = count
    return count + 1


@kernel
def _recover(wiring: Wiring, scratch: Scratch, down: Ints, rounds: Ints, endangered: int) -> int:
    """Count back what the groups can spare; note owners of hard and soft groups that lost some of it."""
    row, dependent, counter = indices(wiring.row), indices(wiring.dependent), indices(wiring.counter)
    spare, live, seen = wiring.spare, scratch.live, scratch.seen
    for head in range(len(down)):
        ci = down[head]
        for at in range(row[ci, 1], row[ci, 3]):
            left = live[counter[at]]
            if left == spare[counter[at]]:
                continue
            live[counter[at]] = spare[counter[at]]
            owner = dependent[at]
            if left < 0 or seen[owner] & CLOSED:
                continue
            if at >= row[ci, 2] and wiring.strength[wiring.counted[counter[at]]] == GUARD:
                continue
            if not seen[owner] & ENDANGERED:
                endangered = _endanger(scratch, owner, rounds[head] + 1, endangered)
            elif rounds[head] + 1 < scratch.endangered_rounds[scratch.place[owner]]:
                scratch.endangered_rounds[scratch.place[owner]] = rounds[head] + 1
    for ci in down:
        seen[ci] &= ~REACHED
    return endangered


@kernel
def _impair(wiring: Wiring, scratch: Scratch, down: Ints, degraded: Ints, softened: int) -> tuple[Ints, Ints]:
    """All CIs that are down or degraded, and their rounds.

    Owners of lost soft groups come in by themselves, each in its round; a soft or guard group does
    nothing else here.
    """
    row, dependent, counter = indices(wiring.row), indices(wiring.dependent), indices(wiring.counter)
    live, seen, queue, rounds = scratch.live, scratch.seen, scratch.queue, scratch.rounds
    tail = _enter(scratch, degraded, _enter(scratch, down, 0))
    head, round_, level, soft = 0, 0, tail, 0
    while head < tail or soft < softened:
        if head == level:
            round_ = round_ + 1 if head < tail else max(round_ + 1, scratch.soft_rounds[soft])
            while soft < softened and scratch.soft_rounds[soft] == round_:
                owner = scratch.soft[soft]
                if not seen[owner] & CLOSED:
                    seen[owner] |= REACHED
                    queue[tail] = owner
                    tail += 1
                soft += 1
            level = tail
            if head == tail:
                continue
        ci = queue[head]
        rounds[head] = round_
        head += 1
        for at in range(row[ci, 0], row[ci, 1]):
            owner = dependent[at]
            queue[tail] = owner
            tail += not seen[owner] & CLOSED
            seen[owner] |= REACHED
        for at in range(row[ci, 1], row[ci, 3]):
            left = live[counter[at]]
            live[counter[at]] = left - wiring.carried[at]
            if left < 0 or left >= wiring.carried[at]:
                continue
            if at >= row[ci, 2] and wiring.strength[wiring.counted[counter[at]]] != HARD:
                continue
            owner = dependent[at]
            queue[tail] = owner
            tail += not seen[owner] & CLOSED
            seen[owner] |= REACHED
    impaired, impaired_rounds = queue[:tail].copy(), rounds[:tail].copy()
    for ci in impaired:
        for at in range(row[ci, 1], row[ci, 3]):
            live[counter[at]] = wiring.spare[counter[at]]
        seen[ci] &= ~REACHED
    return impaired, impaired_rounds
