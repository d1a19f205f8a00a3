"""Alerts become incidents; which failure explains others is asked of the graph."""

from collections.abc import Collection, Iterable, Mapping

from api.practices.incident.practice import IncidentPractice
from api.practices.incident.proposing import propose
from api.practices.telling import scenario_of
from cmdb.alerts import Alert, Explains, Taken, take_alerts
from cmdb.records import By
from impact import ImpactEngine

FAILS = {"down", "interrupted", "degraded"}


def take(practice: IncidentPractice, by: By, alerts: Iterable[Alert]) -> Taken:
    """Take alerts in, and propose the impact of the incidents that they opened or joined."""
    taken = take_alerts(
        practice.store, practice.desk, by, practice.alert_rules, alerts, explains(practice.engine)
    )
    for number in (*taken.opened, *taken.joined):
        propose(practice, by, number)
    return taken


def explains(engine: ImpactEngine) -> Explains:
    """Which of some CIs fail with others that are down or degraded, by the graph."""

    def explained(failing: Mapping[str, str], among: Collection[str]) -> Collection[str]:
        scenario = scenario_of(engine.graph(), failing)
        return {ci for ci, state in engine.states(scenario, among).items() if state in FAILS}

    return explained
