"""What follows from causes, by the rules of docs/impact.md: states, how long, and why."""

from impact.analysis.analysis import Analysis
from impact.analysis.propagation import Causes, Outcome, propagate

__all__ = ["Analysis", "Causes", "Outcome", "propagate"]
