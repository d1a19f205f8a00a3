"""Incidents and changes of ServiceNow: audit logs, and tables as they are exported."""

from importers.servicenow.tasks.log import READER as LOG
from importers.servicenow.tasks.tables import READER as TABLES

__all__ = ["LOG", "TABLES"]
