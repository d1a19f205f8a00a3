"""How good the data are: completeness, correctness, compliance, verification, and audits of baselines."""

from cmdb.health.audit import audit
from cmdb.health.check import Check
from cmdb.health.checks import checks
from cmdb.health.figures import Selection, findings, health
from cmdb.health.models import Audit, Deviation, Dimension, Figure, Finding, Findings, Health, Part
from cmdb.health.survey import USUAL, Terms
from cmdb.health.verification import verify

__all__ = [
    "USUAL",
    "Audit",
    "Check",
    "Deviation",
    "Dimension",
    "Figure",
    "Finding",
    "Findings",
    "Health",
    "Part",
    "Selection",
    "Terms",
    "audit",
    "checks",
    "findings",
    "health",
    "verify",
]
