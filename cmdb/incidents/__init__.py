"""Incidents: what was interrupted, how urgent that is, who works on it and what was promised."""

from cmdb.incidents.clocks import clock_of, worked
from cmdb.incidents.escalating import escalate
from cmdb.incidents.kind import flags, kinds
from cmdb.incidents.levels import PromisedClock, ServiceLevels, load_service_levels
from cmdb.incidents.notices import Notice, Recipient, inform, logged, proposed_text
from cmdb.incidents.onset import onset
from cmdb.incidents.proposed import AffectedRow, Proposed
from cmdb.incidents.recipients import told
from cmdb.incidents.rules import ClockRules, IncidentRules, load_rules
from cmdb.incidents.sweep import Happening, Swept, sweep
from cmdb.incidents.timed import Timed, open_incidents, timed

__all__ = [
    "AffectedRow",
    "ClockRules",
    "Happening",
    "IncidentRules",
    "Notice",
    "PromisedClock",
    "Proposed",
    "Recipient",
    "ServiceLevels",
    "Swept",
    "Timed",
    "clock_of",
    "escalate",
    "flags",
    "inform",
    "kinds",
    "load_rules",
    "load_service_levels",
    "logged",
    "onset",
    "open_incidents",
    "proposed_text",
    "sweep",
    "timed",
    "told",
    "worked",
]
