"""How far beneath some CIs others are: what they stand on, nearest first."""

from collections.abc import Iterable

import numpy as np

from impact.kernels.reach import required
from impact.projection import Projection
from impact.scenario.targets import find_known


def steps_beneath(projection: Projection, cis: Iterable[str], providers: Iterable[str]) -> dict[str, int]:
    """The steps from the nearest of some CIs to those providers that any of them depends on, by id.

    A CI is no step from itself. CIs that no analysis sees are left out.
    """
    starts = np.array(sorted(find_known(projection, cis).values()), dtype=np.int32)
    with projection.scratch.borrow() as scratch:
        found, level = required(projection.wiring, scratch, starts)
    steps = np.full(len(projection.cis), -1, dtype=np.int64)
    steps[found] = np.repeat(np.arange(len(level) - 1), np.diff(level))
    wanted = find_known(projection, providers)
    return {id_: int(steps[index]) for id_, index in wanted.items() if steps[index] >= 0}
