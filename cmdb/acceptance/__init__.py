"""Risk acceptances: single points of failure that somebody answers for, and until when."""

from cmdb.acceptance.acceptances import ACCEPTANCES, Acceptance, accept, acceptances, withdraw

__all__ = ["ACCEPTANCES", "Acceptance", "accept", "acceptances", "withdraw"]
