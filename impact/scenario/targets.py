"""From the ids of a scenario to the indices of a projection."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import numpy as np

from cmdb.database import Database
from cmdb.errors import InvalidInput, NotFound
from impact.analysis.outages import ENDLESS
from impact.analysis.propagation import Causes
from impact.arrays import Ints
from impact.projection import OUTSIDE, Projection


def find(database: Database, projection: Projection, ids: Iterable[str]) -> dict[str, int]:
    """The indices of CIs by id.

    Raises NotFound for an id that no CI has, and InvalidInput for a CI that no analysis sees.
    """
    asked = sorted(set(ids))
    found = dict(zip(asked, projection.cis.find_ids(asked).tolist(), strict=True))
    for id_, index in found.items():
        if index == OUTSIDE:
            _refuse(database, projection, id_)
    return found


def find_known(projection: Projection, ids: Iterable[str]) -> dict[str, int]:
    """The indices of those CIs that the analysis sees, by id; the others are left out."""
    asked = sorted(set(ids))
    found = zip(asked, projection.cis.find_ids(asked).tolist(), strict=True)
    return {id_: index for id_, index in found if index != OUTSIDE}


def causes(
    found: Mapping[str, int],
    down: Iterable[str],
    degraded: Iterable[str],
    pinned: Iterable[str] = (),
    durations: Mapping[str, int] = MappingProxyType({}),
) -> Causes:
    """What is declared, as indices; ids that were not found are left out. `durations` are in seconds."""

    def index(ids: Iterable[str]) -> Ints:
        return np.array(sorted(found[id_] for id_ in ids if id_ in found), dtype=np.int32)

    failed = index(down)
    if not durations:
        return Causes(failed, index(degraded), index(pinned))
    lasting = {found[id_]: seconds for id_, seconds in durations.items()}
    seconds = np.array([lasting.get(ci, ENDLESS) for ci in failed.tolist()], dtype=np.int32)
    return Causes(failed, index(degraded), index(pinned), seconds)


def _refuse(database: Database, projection: Projection, id_: str) -> None:
    """Say why the analysis does not see a CI."""
    rows = database.read(
        """
        MATCH (ci:CI {id: $id}) RETURN ci.name AS name, ci.status AS status
        UNION MATCH (ci:RetiredCI {id: $id}) RETURN ci.name AS name, ci.status AS status
        """,
        id=id_,
    )
    if not rows:
        raise NotFound(f"No CI has the id {id_}.")
    raise InvalidInput(
        f"{rows[0]['name']} is no part of the analysis at revision {projection.revision.seq}: it is "
        f"{rows[0]['status']} now, and only CIs in operation or maintenance can fail. "
        "Name another CI or another time."
    )
