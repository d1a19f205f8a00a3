"""All reports by name, and how one is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cmdb.catalogue.suggest import did_you_mean
from cmdb.errors import InvalidInput, NotFound
from cmdb.records import Desk
from cmdb.reports.cells import Cells
from cmdb.reports.incidents import Grouping, Incidents
from cmdb.reports.load import DIVIDING, OUTCOME_DIVIDING, load_closed, load_incidents, load_outages
from cmdb.reports.outages import MTBF, mtbf
from cmdb.reports.outcomes import CHANGES, RELEASES, outcomes
from cmdb.reports.periods import FIRST, By, Periods, cut
from cmdb.reports.recurrence import RECURRENCE, recurrence
from cmdb.reports.report import Kind, Report, Rows, report
from cmdb.reports.restoring import MTTR, backlog, backlog_kind, mttr
from cmdb.reports.rules import Rules, load_rules, load_targets
from cmdb.reports.volume import ESCALATED, REOPENED, SLA, VOLUME, escalated, reopened, sla, volume
from cmdb.store import Store

YEAR = timedelta(days=365)
"""How far back reports go where nobody says."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which periods a report is about, and what it is divided by (empty: nothing).

    `since` (unset: a year before `until`) and `until` (unset: tomorrow) are days in the time zone `zone`; the
    second no longer belongs to it.
    """

    since: date | None = None
    until: date | None = None
    by: By = "month"
    zone: str = "UTC"
    per: str = ""

    def periods(self, now: datetime) -> Periods:
        """The periods; raises InvalidInput."""
        until = self.until or now.date() + timedelta(days=1)
        since = self.since or max(until, FIRST + YEAR) - YEAR
        return cut(since, until, self.by, self.zone, now)


@dataclass(frozen=True, slots=True)
class _Office:
    store: Store
    desk: Desk
    rules: Rules
    asked: Asked
    periods: Periods
    now: datetime

    def services(self) -> frozenset[str]:
        classes = self.store.catalogue.classes
        return frozenset(name for name, one in classes.items() if one.is_service)

    def incidents(self) -> Incidents:
        prefix = self.desk.kind("incident").life_cycle.prefix
        return load_incidents(self.store.database, prefix, self.rules.incident, self.services())

    def cells(self, groups: Mapping[str, Grouping]) -> Cells:
        return Cells(self.periods, groups[self.asked.per] if self.asked.per else None)


Made = tuple[Kind, Rows]
Maker = Callable[[_Office], Made]


def _of_incidents(kind: Kind, figures: Callable[[Incidents, Cells], Rows]) -> Maker:
    def make(office: _Office) -> Made:
        incidents = office.incidents()
        return kind, figures(incidents, office.cells(incidents.groups))

    return make


def _backlog(office: _Office) -> Made:
    incidents, ages = office.incidents(), office.rules.ages
    return backlog_kind(ages), backlog(incidents, office.cells(incidents.groups), ages)


def _recurrence(office: _Office) -> Made:
    incidents, days = office.incidents(), office.rules.recurrence_days
    return RECURRENCE, recurrence(incidents, office.cells(incidents.groups), days)


def _mtbf(office: _Office) -> Made:
    classes = office.services() if office.asked.per != "ci" else None
    found = load_outages(office.store.database, office.rules.outage, classes, office.now)
    return MTBF, mtbf(found, office.periods)


def _changes(office: _Office) -> Made:
    closed = load_closed(office.store.database, "change", office.rules.change)
    return CHANGES, outcomes(closed, office.cells(closed.groups), office.rules.change.successful)


def _releases(office: _Office) -> Made:
    closed = load_closed(office.store.database, "release", office.rules.release)
    return RELEASES, outcomes(closed, office.cells(closed.groups), office.rules.release.successful)


@dataclass(frozen=True, slots=True)
class Offer:
    """A report that there is: what it tells, and what it can be divided by."""

    title: str
    dividing: tuple[str, ...]
    make: Maker


REPORTS: Mapping[str, Offer] = {
    "volume": Offer(VOLUME.title, DIVIDING, _of_incidents(VOLUME, volume)),
    "mttr": Offer(MTTR.title, DIVIDING, _of_incidents(MTTR, mttr)),
    "reopened": Offer(REOPENED.title, DIVIDING, _of_incidents(REOPENED, reopened)),
    "escalated": Offer(ESCALATED.title, DIVIDING, _of_incidents(ESCALATED, escalated)),
    "sla": Offer(SLA.title, DIVIDING, _of_incidents(SLA, sla)),
    "backlog": Offer("Backlog of incidents, and its age", DIVIDING, _backlog),
    "recurrence": Offer(RECURRENCE.title, DIVIDING, _recurrence),
    "mtbf": Offer(MTBF.title, ("service", "ci"), _mtbf),
    "changes": Offer(CHANGES.title, OUTCOME_DIVIDING, _changes),
    "releases": Offer(RELEASES.title, OUTCOME_DIVIDING, _releases),
}


def make_report(store: Store, desk: Desk, name: str, asked: Asked, now: datetime) -> Report:
    """A report, as of now.

    Raises NotFound for a name that no report has, InvalidInput for what it cannot be divided by or for no
    period, CatalogueError for mistakes in policies.
    """
    if name not in REPORTS:
        raise NotFound(
            f"No report is called {name!r}{did_you_mean(name, REPORTS)}; there are {', '.join(REPORTS)}."
        )
    offer = REPORTS[name]
    if asked.per and asked.per not in offer.dividing:
        raise InvalidInput(f"{name} cannot be divided by {asked.per!r}, but by {', '.join(offer.dividing)}.")
    periods = asked.periods(now)
    kind, rows = offer.make(_Office(store, desk, load_rules(store.policies), asked, periods, now))
    return report(kind, periods, asked.per, rows, load_targets(store.policies, REPORTS))
