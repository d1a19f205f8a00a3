"""Problems and known errors: what causes incidents, what helps, and what ends it."""

from cmdb.problems.active import KnownError, active_known_errors
from cmdb.problems.kinds import kinds

__all__ = ["KnownError", "active_known_errors", "kinds"]
