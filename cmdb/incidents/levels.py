"""What was promised for an incident, and how far its clocks have come."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from cmdb.agreements import Agreement, ClockKind, Promise, load_agreements, promised
from cmdb.calendars import Calendar, load_calendars
from cmdb.clocks import Clock, EscalationsFile, load_escalations
from cmdb.incidents.clocks import clock_of, moment
from cmdb.incidents.rules import IncidentRules, load_rules
from cmdb.incidents.timed import Timed
from cmdb.priorities import load_priorities
from cmdb.store import Store


@dataclass(frozen=True, slots=True)
class PromisedClock:
    """A clock, and the promise that it measures."""

    kind: ClockKind
    promise: Promise
    clock: Clock


@dataclass(frozen=True, slots=True)
class ServiceLevels:
    """The policies that clocks and escalation follow."""

    rules: IncidentRules
    calendars: Mapping[str, Calendar]
    agreements: tuple[Agreement, ...]
    escalations: EscalationsFile

    def clocks(self, incident: Timed) -> Iterator[PromisedClock]:
        """The clocks of an incident for which there is a promise."""
        began = moment(incident.history[0].since)
        for kind in get_args(ClockKind):
            priority = incident.record.values["priority"]
            promise = promised(self.agreements, kind, priority, incident.cis, began)
            if promise:
                calendar = self.calendars[promise.calendar]
                clock = clock_of(kind, incident.history, self.rules.clocks, calendar, promise.target)
                yield PromisedClock(kind, promise, clock)

    def next_update(self, incident: Timed, now: datetime) -> datetime | None:
        """When a major incident is overdue for news; None where it is none, or not overdue."""
        values = incident.record.values
        due = moment(values["next_update"]) if values.get("major") and "next_update" in values else now
        return due if due < now else None


def load_service_levels(store: Store) -> ServiceLevels:
    """The policies of a store; raises CatalogueError."""
    calendars, priorities = load_calendars(store.policies), load_priorities(store.policies).priorities
    return ServiceLevels(
        rules=load_rules(store.policies),
        calendars=calendars,
        agreements=load_agreements(store.policies, store.catalogue, calendars, priorities),
        escalations=load_escalations(store.policies, priorities),
    )
