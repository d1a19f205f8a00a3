"""Rules at work: the relationships that follow from what CIs say."""

from cmdb.rules.derivation import Derived, derive

__all__ = ["Derived", "derive"]
