"""Sources imported on a schedule: what is configured, when each is due, whom to tell if one fails."""

from api.sync.alerts import Alerter
from api.sync.configuration import Alerts, Configuration, Source
from api.sync.reading import read_configuration
from api.sync.runner import Outcome, Runner
from api.sync.scheduler import run_on_schedule

__all__ = [
    "Alerter",
    "Alerts",
    "Configuration",
    "Outcome",
    "Runner",
    "Source",
    "read_configuration",
    "run_on_schedule",
]
