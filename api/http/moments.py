"""How a request names a moment."""

from typing import Annotated

from fastapi import Query

from cmdb.database import Database
from cmdb.history import Revision, latest, moment

FORMS = "A revision's number, a time such as `2026-11-21T22:00Z`, or a baseline's name"

Moment = Annotated[str, Query(max_length=200, description=f"{FORMS}.")]
AsOf = Annotated[str | None, Query(max_length=200, description=f"{FORMS}; unset: now.")]


def revision_at(database: Database, as_of: str | None) -> Revision:
    """The revision in force then, or now; raises NotFound."""
    return latest(database) if as_of is None else moment(database, as_of)
