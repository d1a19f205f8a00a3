"""An impact as a table: every affected CI, one row each, in the order of the answer."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from impact.analysis import Analysis
from impact.analysis.evidence import deciders
from impact.answer.details import owner_of
from impact.arrays import Ints
from impact.drawing import Batch
from impact.pictures.reasons import rules, seconds
from impact.projection import CIs
from impact.projection.text import Octets
from impact.state import State

IMPACT_COLUMNS = {
    "id": str,
    "name": str,
    "class": str,
    "state": str,
    "before": str,
    "seconds": int,
    "distance": int,
    "criticality": str,
    "environment": str,
    "owner": str,
    "rule": str,
    "group": str,
    "via": str,
    "via_id": str,
}
"""Of the reason: its rule, the name of its group, and via which CI failure came (the last before it).

The whole path and the sentence are in the pages of the answer; they would make a long table slow.
"""
ROWS = 10_000
"""Of a batch."""

HYPHENS = (8, 12, 16, 20)
"""Among the digits of a UUID."""
HEXADECIMAL = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)
STATES = pa.array([state.label for state in State])


def impact_batches(analysis: Analysis, listed: Ints) -> Iterator[Batch]:
    """The columns of so many of the listed CIs at a time; memory holds one batch."""
    for start in range(0, len(listed), ROWS):
        yield _batch(analysis, listed[start : start + ROWS])


def _batch(analysis: Analysis, cis: Ints) -> Batch:
    known, states = analysis.projection.cis, analysis.states(cis)
    via, groups = deciders(analysis.projection, analysis.outcome, cis, states)
    return {
        "id": uuids(known.id[cis]),
        "name": known.name.array(cis),
        "state": STATES.take(states),
        "before": STATES.take(analysis.states_before(cis)),
        "seconds": seconds(analysis, cis, states),
        "distance": np.maximum(analysis.distances(cis), 0),
        "rule": rules(analysis, cis, states, groups),
        "group": _named(analysis.groups.labels.array(groups)),
        "via": pc.if_else(via >= 0, known.name.array(via), None),
        "via_id": pc.if_else(via >= 0, uuids(known.id[via]), None),
        **_shared(known, cis),
    }


def _shared(known: CIs, cis: Ints) -> Batch:
    """What CIs of one profile have in common."""
    told = [(p.class_, p.criticality, p.environment, owner_of(p)) for p in known.profiles]
    columns = zip(("class", "criticality", "environment", "owner"), zip(*told, strict=True), strict=True)
    return {name: pa.array(values, pa.string()).take(known.profile[cis]) for name, values in columns}


def _named(names: pa.StringArray) -> pa.Array:
    """Names, with gaps for those that are empty."""
    return pc.if_else(pc.equal(names, ""), None, names)


def uuids(octets: Octets) -> pa.StringArray:
    """UUIDs, n by 16, as texts of 36 characters."""
    digits = HEXADECIMAL[np.stack((octets >> 4, octets & 15), axis=2).reshape(-1, 32)]
    text = np.insert(digits, HYPHENS, ord("-"), axis=1)
    edges = np.arange(len(octets) + 1, dtype=np.int32) * text.shape[1]
    return pa.StringArray.from_buffers(len(octets), pa.py_buffer(edges), pa.py_buffer(text))
