"""What the functions of the practice work with."""

from dataclasses import dataclass

from cmdb.changes import CHANGE, ChangePolicy, load_change_policy
from cmdb.errors import InvalidInput
from cmdb.practices import open_desk
from cmdb.records import Desk, Record, get_record
from cmdb.store import Store
from impact import ImpactEngine
from impact.risk import RiskPolicy, load_risk_policy


@dataclass(frozen=True, slots=True)
class Bureau:
    """The store, its desk, the analyses, and the policies of changes."""

    store: Store
    desk: Desk
    engine: ImpactEngine
    policy: ChangePolicy
    risk: RiskPolicy

    def change(self, number: str) -> Record:
        """A change by its number; raises NotFound, and InvalidInput for a record of another kind."""
        record = get_record(self.desk.database, number)
        if record.kind != CHANGE:
            raise InvalidInput(f"{record.number} is of the kind {record.kind}, not a change.")
        return record


def open_bureau(store: Store, engine: ImpactEngine, desk: Desk | None = None) -> Bureau:
    """The bureau of a store; raises CatalogueError for mistakes in policies."""
    return Bureau(
        store,
        desk or open_desk(store),
        engine,
        load_change_policy(store.policies),
        load_risk_policy(store.policies),
    )
