"""What falls with single CIs, on top of an outcome."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from impact.analysis.propagation import Outcome
from impact.arrays import Ints
from impact.kernels.part import part_of
from impact.kernels.single_points import single_points
from impact.projection import Projection

WORTH: Mapping[str | None, int] = {"critical": 8, "high": 4, "medium": 2, "low": 1}
"""What a service counts by its criticality; 1 where it has none or another."""


@dataclass(frozen=True, slots=True)
class Alone:
    """What falls when single CIs fail, of some services that are up.

    `cis` are all that any of the services needs and that can fail, the services themselves first.
    """

    cis: Ints
    services: int
    """How many of the CIs are the services."""
    fallen: Ints
    """By CI, how many other services fall with it."""
    worth: Ints
    """By CI, what these count by their criticality."""
    points: Ints
    """By service, how many CIs it falls with."""
    pairs: tuple[Ints, Ints]
    """Places in `cis` of CIs and of services that fall with them; none unless asked for."""


def alone(
    projection: Projection, services: Ints, outcome: Outcome, pinned: Ints, with_pairs: bool = False
) -> Alone:
    """Fail every CI that distinct services need, in turn, while all stays down that the outcome has down.

    Services that are down or pinned are left out, as what cannot fall.
    """
    services = np.setdiff1d(services, np.concatenate((outcome.failed, pinned))).astype(np.int32)
    with projection.scratch.borrow() as scratch:
        part = part_of(projection.wiring, scratch, services, outcome.failed, pinned)
    worth = worth_of(projection, services)
    fallen, value, points, pairs = single_points(part, len(services), worth, 0)
    if with_pairs:
        fallen, value, points, pairs = single_points(part, len(services), worth, int(fallen.sum()))
    return Alone(part.ci, len(services), fallen, value, points, pairs)


def worth_of(projection: Projection, services: Ints) -> Ints:
    """What services count by their criticality."""
    return projection.cis.valued(services, lambda profile: WORTH.get(profile.criticality, 1))
