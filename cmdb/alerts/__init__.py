"""Alerts of monitoring tools: what they say, which CIs they mean, and the incidents that they make."""

from cmdb.alerts.alert import Alert
from cmdb.alerts.grouping import Explains
from cmdb.alerts.kept import alerts_of_incident
from cmdb.alerts.payload import SentAlert, Webhook, alerts_of
from cmdb.alerts.rules import AlertRules, load_alert_rules
from cmdb.alerts.taking import Taken, take_alerts

__all__ = [
    "Alert",
    "AlertRules",
    "Explains",
    "SentAlert",
    "Taken",
    "Webhook",
    "alerts_of",
    "alerts_of_incident",
    "load_alert_rules",
    "take_alerts",
]
