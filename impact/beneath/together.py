"""What one failure could have taken down together."""

from collections.abc import Iterable

import numpy as np

from impact.arrays import NOBODY, Ints
from impact.kernels.propagation import propagate
from impact.kernels.reach import required
from impact.projection import Projection
from impact.scenario import find_known


def fails_together(graph: Projection, cis: Iterable[str], others: Iterable[str]) -> set[str]:
    """Those of some other CIs (by id) that one CI, when it fails, hurts together with one of the first.

    To hurt is to take down or to degrade. CIs that no analysis sees are left out. Every CI that both stand
    on is tried, at a cost that follows what its failure touches.
    """
    own, found = find_known(graph, cis), find_known(graph, others)
    first = np.array(sorted(own.values()), dtype=np.int32)
    left = np.array(sorted(set(found.values())), dtype=np.int32)
    together = np.setdiff1d(left, _apart(graph, first, left))
    return {id_ for id_, ci in found.items() if ci in together}


def _apart(graph: Projection, first: Ints, left: Ints) -> Ints:
    """Those left over when all that hurts one of the first together with others has been tried."""
    with graph.scratch.borrow() as scratch:
        beneath, also = (required(graph.wiring, scratch, cis)[0] for cis in (first, left))
        for ci in np.intersect1d(beneath, also, assume_unique=True):
            if not len(left):
                break
            hurt = propagate(graph.wiring, scratch, np.array([ci], dtype=np.int32), NOBODY, NOBODY)[2]
            if np.isin(first, hurt).any():
                left = left[~np.isin(left, hurt)]
    return left
