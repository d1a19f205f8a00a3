"""What goes on: incidents and changes in memory, kept up to date by the feed of revisions."""

from impact.ongoing.changes import RecentChanges
from impact.ongoing.incidents import Incidents, OpenIncident, described

__all__ = ["Incidents", "OpenIncident", "RecentChanges", "described"]
