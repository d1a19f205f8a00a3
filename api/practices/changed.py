"""What changed beneath a service: in the graph, and by changes and releases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cmdb.errors import InvalidInput
from cmdb.history import Difference
from cmdb.store import Store, find_ci
from impact import ImpactEngine
from impact.beneath import ChangeRecord, Foundation, carried_out, changed_beneath


@dataclass(frozen=True, slots=True)
class ChangedBeneath:
    """What differs beneath a CI (by id) from what was at a time, the nearest first.

    `beneath` is how many CIs it consists of, itself among them.
    """

    ci: str
    since: datetime
    beneath: int
    differences: Sequence[Difference]
    carried_out: Sequence[ChangeRecord]


def changed_since(store: Store, engine: ImpactEngine, name: str, since: datetime) -> ChangedBeneath:
    """What changed beneath a CI; raises NotFound, Ambiguous, and InvalidInput for a CI not in use."""
    ci = find_ci(store.database, name)
    foundation = Foundation(engine.graph(), [ci])
    if not len(foundation):
        raise InvalidInput(f"{name} is not in use, and stands on nothing. Ask `cmdb ci history` of it.")
    return ChangedBeneath(
        ci=ci,
        since=since,
        beneath=len(foundation),
        differences=changed_beneath(store.database, foundation, since),
        carried_out=carried_out(store.database, foundation, since),
    )
