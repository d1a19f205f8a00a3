"""What goes on: incidents in memory, kept up to date by the feed of revisions."""

from impact.ongoing.incidents import Incidents, described

__all__ = ["Incidents", "described"]
