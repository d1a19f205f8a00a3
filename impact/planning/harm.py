"""What is down, and what is degraded or worse, while some spells last; kept, for many changes ask alike."""

from dataclasses import dataclass

import numpy as np

from impact.arrays import NOBODY, Bytes, Ints, ranges
from impact.kernels.propagation import propagate
from impact.planning.spells import Spells, causes
from impact.projection import Projection

DEGRADED, DOWN = 1, 2
"""Levels of harm."""
Key = tuple[tuple[str, tuple[int, ...]], ...]
"""Effects, and the CIs that have them."""
MOST = 25_000_000
"""How many CIs are kept, in all: 100 MB."""


@dataclass(frozen=True, slots=True)
class Harm:
    """CIs by index, ascending."""

    down: Ints
    impaired: Ints
    """Degraded or down."""

    def at_least(self, level: int) -> Ints:
        """The CIs that are harmed so much or more."""
        return self.down if level == DOWN else self.impaired

    def of(self, cis: Ints) -> Bytes:
        """How much each of some CIs is harmed."""
        harm: Bytes = (_among(cis, self.impaired) + _among(cis, self.down)).astype(np.int8)
        return harm


class Harms:
    """Harm on one projection. Nothing is tolerated and nothing fails over: it is that of what never ends.

    Safe to share between threads.
    """

    def __init__(self, projection: Projection) -> None:
        self.projection = projection
        self._known = _Known()

    def on(self, projection: Projection) -> "Harms":
        """Harm on a later graph, with all that is known already where dependencies are the same."""
        if projection is self.projection:
            return self
        harms = Harms(projection)
        if projection.wiring is self.projection.wiring:
            harms._known = self._known
        return harms

    def of(self, spells: Spells) -> Harm:
        """What follows from spells that last at once; kept for the next time."""
        key = tuple((spell.effect, spell.cis) for spell in spells)
        return self._known.get(key) or self._known.keep(key, self.once(spells))

    def once(self, spells: Spells) -> Harm:
        """The same for spells that nobody asks about again."""
        asked, projection = causes(spells), self.projection
        with projection.scratch.borrow() as scratch:
            down, _, impaired, *_ = propagate(projection.wiring, scratch, asked.down, asked.degraded, NOBODY)
        return Harm(np.sort(down), np.sort(impaired))

    def dependents(self, cis: Ints) -> Ints:
        """Those who depend on any of some CIs, repeatedly."""
        wiring = self.projection.wiring
        return wiring.dependent[ranges(wiring.row[cis][:, [0, 3]])]


class _Known:
    """Harm by what does it; all is forgotten where it is too much to keep."""

    def __init__(self) -> None:
        self._harm: dict[Key, Harm] = {}
        self._cis = 0

    def get(self, key: Key) -> Harm | None:
        return self._harm.get(key)

    def keep(self, key: Key, harm: Harm) -> Harm:
        if self._cis > MOST:
            self._harm, self._cis = {}, 0
        self._harm[key] = harm
        self._cis += len(harm.down) + len(harm.impaired)
        return harm


def _among(cis: Ints, some: Ints) -> Bytes:
    """For each of some CIs, 1 if it is among others, which are ascending."""
    if not len(some):
        return np.zeros(len(cis), dtype=np.int8)
    place = np.minimum(np.searchsorted(some, cis), len(some) - 1)
    among: Bytes = (some[place] == cis).astype(np.int8)
    return among
