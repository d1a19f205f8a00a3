"""From the ids of a scenario to the indices of a projection."""

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

import numpy as np
from neo4j import Record

from cmdb.database import Database
from cmdb.errors import InvalidInput, NotFound
from impact.arrays import Ints
from impact.outages import ENDLESS
from impact.projection import Projection
from impact.propagation import Causes


def find(database: Database, projection: Projection, ids: Iterable[str]) -> dict[str, int]:
    """The indices of CIs by id.

    Raises NotFound for an id that no CI has, and InvalidInput for a CI that no analysis sees.
    """
    asked = sorted(set(ids))
    known = {row["id"]: row for row in _fetch(database, asked)}
    for id_ in asked:
        if id_ not in known:
            raise NotFound(f"No CI has the id {id_}.")
    found = _indices(projection, known.values())
    for id_, index in found.items():
        if index < 0:
            _refuse(known[id_]["name"], known[id_]["status"], projection)
    return found


def find_known(database: Database, projection: Projection, ids: Iterable[str]) -> dict[str, int]:
    """The indices of those CIs that the analysis sees, by id; the others are left out."""
    found = _indices(projection, _fetch(database, sorted(set(ids))))
    return {id_: index for id_, index in found.items() if index >= 0}


def _fetch(database: Database, ids: list[str]) -> list[Record]:
    if not ids:
        return []
    return database.read(
        """
        UNWIND $ids AS id
        CALL (id) {
            MATCH (ci:CI {id: id}) RETURN ci UNION MATCH (ci:RetiredCI {id: id}) RETURN ci
        }
        RETURN id, ci.no AS no, ci.name AS name, ci.status AS status
        """,
        ids=ids,
    )


def _indices(projection: Projection, rows: Collection[Record]) -> dict[str, int]:
    indices = projection.cis.find(row["no"] for row in rows).tolist()
    return dict(zip((row["id"] for row in rows), indices, strict=True))


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


def _refuse(name: str, status: str, projection: Projection) -> None:
    at = projection.revision
    raise InvalidInput(
        f"{name} is no part of the analysis at revision {at.seq}: it is {status} now, and only CIs "
        "in operation or maintenance can fail. Name another CI or another time."
    )
