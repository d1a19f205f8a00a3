"""What similarity compares: providers, words, labels."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

import numpy as np

from impact.arrays import Ints
from impact.kernels.reach import required
from impact.projection import OUTSIDE, Projection
from impact.similarity.bag import Bag
from impact.similarity.models import Described

WORD = re.compile(r"[^\W_]+")


def words(text: str) -> Counter[str]:
    """The words of a text, and how often each stands there; digits count, punctuation separates."""
    return Counter(WORD.findall(text.casefold()))


def labels(incident: Described, counts: Mapping[str, float]) -> dict[str, float]:
    """The labels of an incident that count, each with its name, and how much."""
    told = ((name, incident.labels.get(name), count) for name, count in counts.items())
    return {f"{name}={value}": count for name, value, count in told if value and count}


def providers(projection: Projection, ids: Iterable[str], steps: int) -> tuple[Ints, Ints]:
    """The CIs with some ids and all they depend on within some steps: number and distance of each."""
    starts = projection.cis.find_ids(sorted(set(ids)))
    with projection.scratch.borrow() as scratch:
        cis, level = required(projection.wiring, scratch, starts[starts != OUTSIDE])
    depth = min(steps + 1, len(level) - 1)
    distance = np.repeat(np.arange(depth, dtype=np.int32), np.diff(level[: depth + 1]))
    return projection.cis.no[cis[: len(distance)]], distance


def decayed(nos: Ints, distance: Ints, decay: float) -> Bag:
    """What providers count, by their distance."""
    return Bag(nos, (decay**distance).astype(np.float32))
