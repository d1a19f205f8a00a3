"""What every operation of the store needs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.errors import NotFound, Outdated
from cmdb.history import Draft
from cmdb.policy import Policies

SHIPPED = Policies()


@dataclass(frozen=True, slots=True)
class Store:
    """A database, and the catalogue and policies by which it is written."""

    database: Database
    catalogue: Catalogue
    policies: Policies = SHIPPED


@dataclass(frozen=True, slots=True)
class Target:
    """A CI to write to; with `revision`, only if that is still the revision that last wrote it."""

    id: str
    revision: int | None = None


def locked(draft: Draft, targets: Collection[Target]) -> dict[str, Mapping[str, Any]]:
    """Lock the CIs, current or retired, and return their properties by id.

    What is written to take the lock never changes: Neo4j may have read it before it waited. Raises NotFound
    for those that are not there, Outdated for those that somebody else has changed.
    """
    rows = draft.run(
        """
        UNWIND $ids AS id
        CALL (id) {
            MATCH (ci:CI {id: id}) RETURN ci UNION MATCH (ci:RetiredCI {id: id}) RETURN ci
        }
        SET ci.created = ci.created
        WITH ci
        RETURN properties(ci) AS properties
        """,
        ids=sorted({target.id for target in targets}),
    )
    found = {row["properties"]["id"]: row["properties"] for row in rows}
    if missing := sorted({target.id for target in targets} - found.keys()):
        raise NotFound(f"There is no CI with id {', '.join(missing)}.")
    for target in targets:
        if target.revision not in (None, found[target.id]["revision"]):
            raise Outdated(
                f"{found[target.id]['name']} has been changed since you read it. "
                "Read it again, and repeat your change if it still applies.",
                revision=found[target.id]["revision"],
            )
    return found
