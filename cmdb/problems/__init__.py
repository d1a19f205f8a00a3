"""Problems and known errors: what causes incidents, what helps, and what ends it."""

from cmdb.problems.accepting import Finding, FoundBy, accept, open_problems
from cmdb.problems.active import KnownError, active_known_errors
from cmdb.problems.happened import Happened, happened
from cmdb.problems.incidents import incidents_of
from cmdb.problems.informing import inform
from cmdb.problems.kinds import CAUSE, kinds
from cmdb.problems.reported import reported

__all__ = [
    "CAUSE",
    "Finding",
    "FoundBy",
    "Happened",
    "KnownError",
    "accept",
    "active_known_errors",
    "happened",
    "incidents_of",
    "inform",
    "kinds",
    "open_problems",
    "reported",
]
