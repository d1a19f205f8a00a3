"""Priorities: impact times urgency by a matrix, and the impact that the graph proposes."""

from cmdb.priorities.declarations import Level, PrioritiesFile, ServiceState
from cmdb.priorities.load import load_priorities
from cmdb.priorities.proposal import AffectedService, Criticality, Proposal, Weighed, propose_impact

__all__ = [
    "AffectedService",
    "Criticality",
    "Level",
    "PrioritiesFile",
    "Proposal",
    "ServiceState",
    "Weighed",
    "load_priorities",
    "propose_impact",
]
