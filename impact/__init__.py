"""What follows from failures: projection, propagation, evidence, answers. Reads only."""

from impact.answer import (
    Confidence,
    Contact,
    Doubt,
    Explanation,
    Impact,
    Item,
    Listed,
    Reason,
    StateCounts,
    Step,
)
from impact.engine import ImpactEngine
from impact.scenario import Base, Scenario

__all__ = [
    "Base",
    "Confidence",
    "Contact",
    "Doubt",
    "Explanation",
    "Impact",
    "ImpactEngine",
    "Item",
    "Listed",
    "Reason",
    "Scenario",
    "StateCounts",
    "Step",
]
