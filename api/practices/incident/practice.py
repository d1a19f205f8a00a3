"""What commands and routes about incidents work with."""

from dataclasses import dataclass
from datetime import UTC, datetime

from cmdb.alerts import AlertRules, load_alert_rules
from cmdb.incidents import ServiceLevels, load_service_levels
from cmdb.priorities import PrioritiesFile, load_priorities
from cmdb.records import Desk
from cmdb.store import Store
from impact import ImpactEngine
from impact.causes import SHIPPED, RootCausePolicy
from impact.ongoing import Incidents, RecentChanges


@dataclass(frozen=True, slots=True)
class IncidentPractice:
    """A store with its desk and analyses, the policies for incidents, and what is kept of them in memory."""

    store: Store
    desk: Desk
    engine: ImpactEngine
    levels: ServiceLevels
    priorities: PrioritiesFile
    alert_rules: AlertRules
    incidents: Incidents
    root_cause: RootCausePolicy
    changes: RecentChanges

    @classmethod
    def of(cls, store: Store, desk: Desk, engine: ImpactEngine) -> "IncidentPractice":
        """The practice by the policies of a store; raises CatalogueError."""
        levels = load_service_levels(store)
        root_cause = store.policies.read(RootCausePolicy, SHIPPED)
        return cls(
            store=store,
            desk=desk,
            engine=engine,
            levels=levels,
            priorities=load_priorities(store.policies),
            alert_rules=load_alert_rules(store.policies),
            incidents=Incidents(store.database, store.policies),
            root_cause=root_cause,
            changes=RecentChanges(store.database, root_cause),
        )

    def warm_up(self) -> None:
        """Read what is kept in memory, so that no first page waits for that."""
        self.incidents.follow(self.engine.graph())
        self.changes.since(datetime.now(UTC))
