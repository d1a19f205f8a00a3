"""Problems and known errors: what causes incidents, what helps, and what ends it."""

from cmdb.problems.accepting import Finding, FoundBy, accept, open_problems
from cmdb.problems.active import KnownError, active_known_errors
from cmdb.problems.happened import Happened, happened
from cmdb.problems.kinds import kinds
from cmdb.problems.reported import reported

__all__ = [
    "Finding",
    "FoundBy",
    "Happened",
    "KnownError",
    "accept",
    "active_known_errors",
    "happened",
    "kinds",
    "open_problems",
    "reported",
]
