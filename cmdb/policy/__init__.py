"""Policies: an organisation's rules as data, in TOML files that are replaced without code."""

from cmdb.policy.policies import Policies

__all__ = ["Policies"]
