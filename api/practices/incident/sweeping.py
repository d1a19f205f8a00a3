"""The sweep of all incidents: what has been linked since, outages, clocks."""

from datetime import datetime

from api.practices.incident.practice import IncidentPractice
from api.practices.incident.proposing import propose
from cmdb.incidents import Swept, open_incidents, sweep
from cmdb.outages import settle_outages, unsettled
from cmdb.records import By, Record


def sweep_incidents(practice: IncidentPractice, by: By, now: datetime) -> list[Swept]:
    """Propose what has been linked since, settle outages, and write down what clocks have come to."""
    for incident in list(open_incidents(practice.store.database)):
        if _is_outdated(incident.record):
            propose(practice, by, incident.record.number)
    for number in unsettled(practice.store.database):
        settle_outages(practice.desk, by, practice.levels.rules, number)
    return sweep(practice.desk, practice.levels, by, now)


def _is_outdated(record: Record) -> bool:
    kept = record.values.get("proposal")
    return bool(record.links) and (kept is None or kept["links"] != record.conditions)
