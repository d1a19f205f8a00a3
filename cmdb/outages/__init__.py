"""Outages: from when to when a service was down, degraded, or taken down as planned."""

from cmdb.outages.kind import kinds
from cmdb.outages.proposing import Settled, confirm_outage, settle_outages, unsettled

__all__ = ["Settled", "confirm_outage", "kinds", "settle_outages", "unsettled"]
