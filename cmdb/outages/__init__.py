"""Outages: from when to when a service was down, degraded, or taken down as planned."""

from cmdb.outages.causes import CAUSED_BY, outages_of
from cmdb.outages.kind import kinds
from cmdb.outages.proposing import Settled, confirm_outage, settle_outages, unsettled

__all__ = ["CAUSED_BY", "Settled", "confirm_outage", "kinds", "outages_of", "settle_outages", "unsettled"]
