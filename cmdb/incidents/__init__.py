"""Incidents: what was interrupted, how urgent that is, who works on it and what was promised."""

from cmdb.incidents.kind import flags, kinds
from cmdb.incidents.proposed import AffectedRow, Proposed
from cmdb.incidents.rules import IncidentRules, load_rules

__all__ = ["AffectedRow", "IncidentRules", "Proposed", "flags", "kinds", "load_rules"]
