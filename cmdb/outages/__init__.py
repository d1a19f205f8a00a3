"""Outages: from when to when a service was down, degraded, or taken down as planned."""

from cmdb.outages.kind import kinds

__all__ = ["kinds"]
