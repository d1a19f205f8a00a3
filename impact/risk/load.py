"""Reads an organisation's way to weigh risks."""

from pathlib import Path

from cmdb.policy import Policies
from impact.risk.policy import RiskPolicy


def load_risk_policy(policies: Policies) -> RiskPolicy:
    """The policy in force; raises CatalogueError that tells all mistakes of an own `risk.toml`."""
    return policies.read(RiskPolicy, Path(__file__).with_name("risk.toml"))
