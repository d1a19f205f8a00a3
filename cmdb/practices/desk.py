"""Opens the desk: all kinds of records, by the policies of the organisation."""

from collections.abc import Callable

from cmdb import changes, incidents, outages, problems, releases
from cmdb.policy import Policies
from cmdb.records import Desk, Kind
from cmdb.store import Store

PRACTICES: tuple[Callable[[Policies], tuple[Kind, ...]], ...] = (
    incidents.kinds,
    outages.kinds,
    changes.kinds,
    problems.kinds,
    releases.kinds,
)
"""Each gives its kinds of records."""


def open_desk(store: Store) -> Desk:
    """The desk of a store; raises CatalogueError for mistakes in policies."""
    kinds = [kind for practice in PRACTICES for kind in practice(store.policies)]
    return Desk(store.database, {kind.life_cycle.kind: kind for kind in kinds})
