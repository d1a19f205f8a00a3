"""The risk of a change: impact and likelihood, each explained, and how well it foretold failures."""

from impact.risk.answer import Factor, Risk, Score
from impact.risk.assess import assess_risk
from impact.risk.backtest import calibrate, replay
from impact.risk.calibration import Band, Calibration
from impact.risk.closed import Assessed, Closed, Origin
from impact.risk.facts import Effect, Evidence, Facts, Past, Service
from impact.risk.ledger import Ledger
from impact.risk.level import Level
from impact.risk.load import load_risk_policy
from impact.risk.policy import RiskPolicy

__all__ = [
    "Assessed",
    "Band",
    "Calibration",
    "Closed",
    "Effect",
    "Evidence",
    "Factor",
    "Facts",
    "Ledger",
    "Level",
    "Origin",
    "Past",
    "Risk",
    "RiskPolicy",
    "Score",
    "Service",
    "assess_risk",
    "calibrate",
    "load_risk_policy",
    "replay",
]
