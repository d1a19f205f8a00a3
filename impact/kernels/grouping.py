"""From relationships to groups."""

import numpy as np

from impact.arrays import Ints
from impact.kernels.compiling import kernel


@kernel
def numbered(dependent: Ints, label: Ints, order: Ints, labels: int) -> tuple[Ints, Ints]:
    """Number the groups of relationships, which `order` sorts by dependent.

    Those of one dependent with the same label (from 0 up to `labels`) are a group, one without (-1) is a
    group of its own. Returns the group of each relationship, and the first relationship of each group.
    """
    group = np.empty(len(dependent), dtype=np.int32)
    head = np.empty(len(dependent), dtype=np.int32)
    owner = np.full(labels, -1, dtype=np.int32)
    known = np.empty(labels, dtype=np.int32)
    count = 0
    for index in order:
        name = label[index]
        if name >= 0 and owner[name] == dependent[index]:
            group[index] = known[name]
            continue
        if name >= 0:
            owner[name] = dependent[index]
            known[name] = count
        group[index] = count
        head[count] = index
        count += 1
    return group, head[:count].copy()
