"""Incidents with what the graph knows: impact proposed, alerts grouped, one page to diagnose, notices."""

from api.practices.incident.alerts import explains, take
from api.practices.incident.major import set_major
from api.practices.incident.notices import chosen, propose_notice, send_notice
from api.practices.incident.page import incident_page
from api.practices.incident.page_models import ClockView, IncidentPage, Supporter
from api.practices.incident.practice import IncidentPractice
from api.practices.incident.proposing import follow_links, hit_by, propose, proposed_by
from api.practices.incident.reading import read_alerts
from api.practices.incident.sweeping import sweep_incidents

__all__ = [
    "ClockView",
    "IncidentPage",
    "IncidentPractice",
    "Supporter",
    "chosen",
    "explains",
    "follow_links",
    "hit_by",
    "incident_page",
    "propose",
    "propose_notice",
    "proposed_by",
    "read_alerts",
    "send_notice",
    "set_major",
    "sweep_incidents",
    "take",
]
