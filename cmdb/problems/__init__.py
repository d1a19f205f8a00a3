"""Problems and known errors: what causes incidents, what helps, and what ends it."""

from cmdb.problems.kinds import kinds

__all__ = ["kinds"]
