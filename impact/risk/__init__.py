"""The risk of a change: impact and likelihood, each explained, and how well it foretold failures."""

from impact.risk.answer import Factor, Risk, Score
from impact.risk.assess import assess_risk
from impact.risk.facts import Effect, Evidence, Facts, Past, Service
from impact.risk.level import Level
from impact.risk.policy import RiskPolicy

__all__ = [
    "Effect",
    "Evidence",
    "Factor",
    "Facts",
    "Level",
    "Past",
    "Risk",
    "RiskPolicy",
    "Score",
    "Service",
    "assess_risk",
]
