"""When each CI is away or degraded: the rules of failure with every cause at its own time.

The least fixed point over sets of moments, with a queue of those who depend on what has changed. A member
is missed once it has been away for longer than its dependent tolerates. Failover is what ends something
rather than what follows from something, so it has rounds of its own: whenever a member begins to be missed,
its group fails over, and what that makes others miss is found in the next round. Failovers that set each
other off in a ring end after as many rounds as groups have failed over.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from impact.planning.spans import Spans, after, both, more_than, union
from impact.planning.spells import Spells
from impact.projection import Projection
from impact.strength import Strength


@dataclass(frozen=True, slots=True)
class Timeline:
    """When CIs, by index, are away, and degraded (perhaps beside being away); what is neither is missing."""

    away: Mapping[int, Spans]
    degraded: Mapping[int, Spans]


@dataclass(frozen=True, slots=True)
class _Group:
    id: int
    strength: Strength
    spare: int
    failover: int
    members: tuple[tuple[int, int, int], ...]
    """CI, weight, and the seconds that it is tolerated to be away."""


def timeline(projection: Projection, spells: Spells) -> Timeline:
    """Compute when all that follows from spells is away and degraded."""
    found = _Search(projection)
    found.away = _own(spells, "down")
    found.settle(found.away, found.lost)
    rounds = 0
    while rounds <= found.groups_failed_over and found.fail_over():
        rounds += 1
    found.degraded = _own(spells, "degraded")
    found.settle(found.degraded, found.weakened, found.away)
    return Timeline(found.away, found.degraded)


def _own(spells: Spells, effect: str) -> dict[int, Spans]:
    own: dict[int, Spans] = {}
    for spell in spells:
        for ci in spell.cis if spell.effect == effect else ():
            own[ci] = union(own.get(ci, ()), ((spell.begin, spell.end),))
    return own


class _Search:
    """The sets of moments as far as they are known."""

    def __init__(self, projection: Projection) -> None:
        self._groups, self._wiring = projection.groups, projection.wiring
        self._owned: dict[int, list[_Group]] = {}
        self.away: dict[int, Spans] = {}
        self.degraded: dict[int, Spans] = {}
        self._failovers: set[tuple[int, int]] = set()
        """Groups and moments at which they began to fail over."""

    @property
    def groups_failed_over(self) -> int:
        """How many groups have."""
        return len({group for group, _ in self._failovers})

    def settle(
        self,
        known: dict[int, Spans],
        forced: Callable[[_Group], Spans],
        also: Iterable[int] = (),
    ) -> None:
        """Let `known` grow by what groups force on their owners, until nothing changes.

        It begins with those who depend on anything known, or on what `also` matters to them.
        """
        queue = deque(dict.fromkeys(owner for ci in (*known, *also) for owner in self._dependents(ci)))
        waiting = set(queue)
        while queue:
            owner = queue.popleft()
            waiting.discard(owner)
            before = known.get(owner, ())
            now = union(before, *(forced(group) for group in self._of(owner)))
            if now != before:
                known[owner] = now
                fresh = [one for one in self._dependents(owner) if one not in waiting]
                queue.extend(fresh)
                waiting.update(fresh)

    def lost(self, group: _Group) -> Spans:
        """When a hard group is lost."""
        if group.strength != Strength.HARD:
            return ()
        return more_than(group.spare, self._missed(group))

    def weakened(self, group: _Group) -> Spans:
        """When a soft group is lost, or a hard one weakened."""
        if group.strength == Strength.SOFT:
            return more_than(group.spare, self._missed(group))
        some = [self.degraded[ci] for ci, *_ in group.members if ci in self.degraded]
        if group.strength != Strength.HARD or not some:
            return ()
        unsound = (
            (weight, union(missed, self.degraded.get(ci, ())))
            for (ci, weight, _), (_, missed) in zip(group.members, self._missed(group), strict=True)
        )
        return both(more_than(group.spare, unsound), union(*some))

    def fail_over(self) -> bool:
        """One round of failovers and what follows from them; whether there was any."""
        owners = {owner for ci in self.away for owner in self._dependents(ci)}
        begun: dict[int, list[tuple[int, int]]] = {}
        for owner in owners:
            for group in self._of(owner):
                for start in self._starts(group):
                    begun.setdefault(owner, []).append((start, start + group.failover))
                    self._failovers.add((group.id, start))
        grown = {owner: union(self.away.get(owner, ()), spans) for owner, spans in begun.items()}
        self.away.update(grown)
        self.settle(self.away, self.lost)
        return bool(begun)

    def _starts(self, group: _Group) -> set[int]:
        """The moments at which the group begins to fail over and that are not known yet."""
        if not group.failover or group.strength != Strength.HARD:
            return set()
        starts = {begin for _, missed in self._missed(group) for begin, _ in missed}
        return {start for start in starts if (group.id, start) not in self._failovers}

    def _missed(self, group: _Group) -> Iterator[tuple[int, Spans]]:
        """The weight of each member, and when the group misses it."""
        for ci, weight, tolerated in group.members:
            yield weight, after(tolerated, self.away.get(ci, ()))

    def _dependents(self, ci: int) -> list[int]:
        row = self._wiring.row[ci]
        dependents: list[int] = np.unique(self._wiring.dependent[row[0] : row[3]]).tolist()
        return dependents

    def _of(self, owner: int) -> list[_Group]:
        if owner not in self._owned:
            self._owned[owner] = [self._group(group) for group in self._groups.of_owner(owner)]
        return self._owned[owner]

    def _group(self, group: int) -> _Group:
        wiring, entries = self._wiring, self._groups.entries(group)
        columns = (wiring.member, wiring.weight, wiring.tolerates)
        rows = zip(*(column[entries.start : entries.stop].tolist() for column in columns), strict=True)
        members = tuple(row for row in rows if row[1] > 0)
        return _Group(
            group,
            Strength(wiring.strength[group]),
            sum(weight for _, weight, _ in members) - int(wiring.need[group]),
            int(wiring.failover[group]),
            members,
        )
