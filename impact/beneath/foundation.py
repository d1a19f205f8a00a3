"""What CIs stand on: themselves, and all that they depend on."""

from collections.abc import Iterable

import numpy as np

from impact.arrays import Ints
from impact.kernels.reach import required
from impact.projection import OUTSIDE, Projection


class Foundation:
    """The CIs that some depend on, by their distance; redundancy does not matter here."""

    def __init__(self, graph: Projection, cis: Iterable[str]) -> None:
        self._graph = graph
        starts = graph.cis.find_ids(sorted(set(cis)))
        with graph.scratch.borrow() as scratch:
            found, level = required(graph.wiring, scratch, starts[starts != OUTSIDE])
            distance = np.repeat(np.arange(len(level) - 1, dtype=np.int32), np.diff(level))
        order = np.argsort(found)
        self._cis: Ints = found[order]
        self._distances: Ints = distance[order]

    def __len__(self) -> int:
        return len(self._cis)

    def distances(self, ids: Iterable[str]) -> dict[str, int]:
        """How many steps away those of some CIs (by id) are that it consists of."""
        asked = sorted(set(ids))
        indices = self._graph.cis.find_ids(asked)
        place = np.minimum(np.searchsorted(self._cis, indices), max(len(self._cis) - 1, 0))
        if not len(self._cis):
            return {}
        here = self._cis[place] == indices
        found = zip(asked, place, here, strict=True)
        return {id_: int(self._distances[at]) for id_, at, is_here in found if is_here}
