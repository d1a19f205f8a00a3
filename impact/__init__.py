"""What follows from failures: projection, propagation, evidence, answers. Reads only."""

from impact.answer import Explanation, Impact, Item, Reason
from impact.engine import ImpactEngine
from impact.scenario import Base, Scenario

__all__ = ["Base", "Explanation", "Impact", "ImpactEngine", "Item", "Reason", "Scenario"]
