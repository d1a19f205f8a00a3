"""What is found around a CI, layer by layer of distance, and which of it an answer shows."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
from pydantic import Field

from impact.answer.models import Answer
from impact.arrays import Flags, Ints
from impact.kernels.reach import reached, required
from impact.kernels.scratch import Scratch
from impact.kernels.tree import anchored, reached_from, required_by
from impact.kernels.wiring import Wiring
from impact.projection import Projection


class LayerCount(Answer):
    """How many CIs of a layer."""

    distance: int
    count: int


class ClassCount(Answer):
    """How many CIs of a class."""

    class_: str = Field(serialization_alias="class", validation_alias="class")
    count: int


class LeftOut(Answer):
    """What was found but is not shown."""

    count: int
    by_layer: list[LayerCount] = Field(description="Nearest first.")
    by_class: list[ClassCount] = Field(description="Most first.")
    cut_at: int | None = Field(description="The first distance that is left out altogether; nothing: none.")


@dataclass(frozen=True, slots=True)
class Layers:
    """CIs found around one, in order of distance, itself first; all columns are parallel.

    `parent` is the place of the one before it on a shortest way; of several such the one with the smallest
    number.
    """

    cis: Ints
    distance: Ints
    parent: Ints


@dataclass(frozen=True, slots=True)
class Shown:
    """The places in Layers that an answer shows, and what becomes of the others."""

    places: Ints
    anchor: Ints
    """By place, the nearest one shown on the shortest way to it; -1 for the first."""
    skipped: Ints
    """By place, how many on that way are left out."""
    left_out: LeftOut


Search = Callable[[Wiring, Scratch, Ints], tuple[Ints, Ints]]
Tree = Callable[[Wiring, Scratch, Ints, Ints, Ints], Ints]


def providers(projection: Projection, ci: int) -> Layers:
    """All that a CI depends on, itself first."""
    return _search(projection, ci, required, required_by)


def dependents(projection: Projection, ci: int) -> Layers:
    """All that depends on a CI, itself first."""
    return _search(projection, ci, reached, reached_from)


def _search(projection: Projection, ci: int, search: Search, tree: Tree) -> Layers:
    wiring = projection.wiring
    with projection.scratch.borrow() as scratch:
        cis, level = search(wiring, scratch, np.array([ci], dtype=np.int32))
        parent = tree(wiring, scratch, projection.cis.no, cis, level)
    return Layers(cis, np.repeat(np.arange(len(level) - 1, dtype=np.int32), np.diff(level)), parent)


def kept(projection: Projection, layers: Layers, classes: Collection[str]) -> Flags:
    """By place, the CIs of some classes (none: all); the one asked about always is."""
    found = projection.cis.having(layers.cis, lambda profile: not classes or profile.class_ in classes)
    found[0] = True
    return found


def cut(projection: Projection, layers: Layers, shown: Flags, cut_at: int | None) -> Shown:
    """Show some, by place, of which none stands at the distance `cut_at` or beyond."""
    anchor, skipped = anchored(layers.parent, shown)
    left_out = _left_out(projection, layers, ~shown, cut_at)
    return Shown(np.flatnonzero(shown).astype(np.int32), anchor, skipped, left_out)


def _left_out(projection: Projection, layers: Layers, hidden: Flags, cut_at: int | None) -> LeftOut:
    distances, counts = np.unique(layers.distance[hidden], return_counts=True)
    profiles, uses = np.unique(projection.cis.profile[layers.cis[hidden]], return_counts=True)
    classes: Counter[str] = Counter()
    for profile, count in zip(profiles.tolist(), uses.tolist(), strict=True):
        classes[projection.cis.profiles[profile].class_] += count
    return LeftOut(
        count=int(hidden.sum()),
        by_layer=[
            LayerCount(distance=distance, count=count)
            for distance, count in zip(distances.tolist(), counts.tolist(), strict=True)
        ],
        by_class=[
            ClassCount(class_=name, count=count)
            for name, count in sorted(classes.items(), key=lambda told: (-told[1], told[0]))
        ],
        cut_at=cut_at,
    )
