"""People attest that what a CI says is true."""

from collections.abc import Sequence
from datetime import UTC, datetime

from cmdb.history import Author, Revision
from cmdb.store import Store, Target, update_cis


def verify(
    store: Store, author: Author, cis: Sequence[Target], at: datetime | None = None
) -> Revision | None:
    """Note that somebody has found CIs to be true at a moment (unset: now), in one revision.

    Raises NotFound, Outdated, and Conflict for a retired CI.
    """
    moment = (at or datetime.now(UTC)).isoformat()
    return update_cis(store, author, [(ci, {"verified_at": moment}) for ci in cis])
