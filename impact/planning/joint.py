"""Joint loss: what is worse under some changes at once than under any fewer of them.

For every slice of time in which no step begins or ends. A set of changes of which none can be spared needs,
of each of them, that somebody who depends on what it harms alone is harmed more: only such changes are
combined at all.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from impact.arrays import NOBODY, Bytes, Flags, Ints
from impact.kernels.reach import reached, required
from impact.planning.harm import DEGRADED, DOWN, Harm, Harms
from impact.planning.minimal import minimal_sets
from impact.planning.spans import Spans, union
from impact.planning.spells import Spells, at

Work = Mapping[str, Spells]
"""What changes do, by their numbers."""
Active = tuple[tuple[str, Spells], ...]
"""The same, as a key."""
MOST = 500
"""How many ways to be harmed are looked into, for one CI."""


@dataclass(frozen=True, slots=True)
class Joint:
    """What a set of changes harms together."""

    changes: frozenset[str]
    times: Spans
    harm: Mapping[int, int]
    """The level of harm by CI."""


def joint_losses(harms: Harms, new: str, work: Work) -> tuple[list[Joint], bool]:
    """The joint losses to which a new change is needed, by the minimal sets of changes.

    Then whether these are all: the search for sets ends where a CI has thousands of ways to be harmed.
    """
    times: dict[frozenset[str], Spans] = {}
    harmed: dict[frozenset[str], dict[int, int]] = {}
    complete = True
    for active, spans in _together(new, _relevant(harms, new, work)).items():
        slice_ = _Slice(harms, new, dict(active))
        for changes, cis, level in slice_.losses():
            times[changes] = union(times.get(changes, ()), spans)
            known = harmed.setdefault(changes, {})
            known |= {ci: max(level, known.get(ci, 0)) for ci in cis.tolist()}
        complete &= slice_.complete
    return [Joint(some, times[some], harmed[some]) for some in sorted(times, key=sorted)], complete


def _together(new: str, work: Work) -> dict[Active, Spans]:
    """What is active at once with the new change, and when."""
    times: dict[Active, Spans] = {}
    bounds = sorted({at for spells in work.values() for spell in spells for at in (spell.begin, spell.end)})
    for begin, end in pairwise(bounds):
        active = tuple((number, lasting) for number in sorted(work) if (lasting := at(work[number], begin)))
        if len(active) > 1 and any(number == new for number, _ in active):
            times[active] = union(times.get(active, ()), ((begin, end),))
    return times


class _Slice:
    """What changes harm while all of them are active."""

    def __init__(self, harms: Harms, new: str, active: Work) -> None:
        self._harms, self._new, self._active = harms, new, active
        self._level = _levels(harms, active)
        self.complete = True

    def losses(self) -> Iterator[tuple[frozenset[str], Ints, int]]:
        """The minimal sets of changes with the new one, and the CIs that they harm so much together.

        CIs on which the same changes have an influence, and for which every question has the same answer,
        have the same sets.
        """
        alone = self._harm(frozenset({self._new}))
        influence = {number: self._influence(number) for number in sorted(self._active)}
        cis = np.flatnonzero(influence[self._new] & (self._level > 0)).astype(np.int32)
        for level in (DEGRADED, DOWN):
            left = cis[(self._level[cis] >= level) & (alone.of(cis) < level)]
            while len(left):
                others = [number for number, on in influence.items() if on[left[0]] and number != self._new]
                sets, answers = self._needed(int(left[0]), level, others)
                alike = np.ones(len(left), dtype=np.bool_)
                for on in influence.values():
                    alike &= on[left] == on[left[0]]
                for changes, answer in answers.items():
                    alike &= (self._harm(changes).of(left) >= level) == answer
                yield from ((changes, left[alike], level) for changes in sets)
                left = left[~alike]

    def _influence(self, number: str) -> Flags:
        """For every CI, whether it depends on what the change may harm together with others."""
        projection = self._harms.projection
        owners = _harmed_more(self._harms, self._level, self._active[number])
        with projection.scratch.borrow() as scratch:
            above, _ = reached(projection.wiring, scratch, owners)
        return _marked(len(self._level), above)

    def _needed(
        self, ci: int, level: int, others: Sequence[str]
    ) -> tuple[list[frozenset[str]], Mapping[frozenset[str], bool]]:
        """The minimal sets with the new change that harm a CI so much, and what was tried for that.

        A change that does so alone is in none of them.
        """
        answers: dict[frozenset[str], bool] = {}

        def harmed(changes: frozenset[str]) -> bool:
            answers[changes] = bool(self._harm(changes).of(np.array([ci]))[0] >= level)
            return answers[changes]

        partial = [number for number in others if not harmed(frozenset({number}))]
        found, complete = minimal_sets(partial, lambda some: harmed(some | {self._new}), MOST)
        self.complete &= complete
        return [some | {self._new} for some in found if not harmed(some)], answers

    def _harm(self, changes: frozenset[str]) -> Harm:
        return self._harms.of(tuple(spell for number in sorted(changes) for spell in self._active[number]))


def _relevant(harms: Harms, new: str, work: Work) -> Work:
    """The changes that can have a part in a joint loss with the new one: fewer, until all left can."""
    begin = min((spell.begin for spell in work[new]), default=0)
    end = max((spell.end for spell in work[new]), default=0)
    work = {
        number: tuple(spell for spell in spells if spell.begin < end and begin < spell.end)
        for number, spells in work.items()
    }
    left = 0
    while new in work and len(work) != left:
        left = len(work)
        level = _levels(harms, work)
        concerned = _concerned(harms, level, work[new])
        work = {
            number: spells
            for number, spells in work.items()
            if concerned[_harmed_more(harms, level, spells)].any()
        }
    return work if new in work else {}


def _levels(harms: Harms, work: Work) -> Bytes:
    """How much every CI is harmed if all is done at once."""
    everything = harms.once(tuple(spell for spells in work.values() for spell in spells))
    return everything.of(np.arange(len(harms.projection.cis), dtype=np.int32))


def _concerned(harms: Harms, level: Bytes, spells: Spells) -> Flags:
    """For every CI, whether anything depends on it that the new change can harm together with others."""
    projection = harms.projection
    with projection.scratch.borrow() as scratch:
        above, _ = reached(projection.wiring, scratch, _harmed_more(harms, level, spells))
        beneath, _ = required(projection.wiring, scratch, above[level[above] > 0])
    return _marked(len(level), beneath)


def _harmed_more(harms: Harms, level: Bytes, spells: Spells) -> Ints:
    """Those who depend on what a change harms alone at some time, and are harmed more by all."""
    found = [NOBODY]
    for moment in {moment for spell in spells for moment in (spell.begin, spell.end)}:
        alone = harms.of(at(spells, moment))
        owners = harms.dependents(alone.impaired)
        found.append(owners[level[owners] > alone.of(owners)])
    return np.unique(np.concatenate(found))


def _marked(count: int, cis: Ints) -> Flags:
    """For every CI, whether it is among some."""
    marked: Flags = np.zeros(count, dtype=np.bool_)
    marked[cis] = True
    return marked
