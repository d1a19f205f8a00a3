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
from impact.questions.common import CommonProviders
from impact.questions.dependents import Dependent, Dependents
from impact.questions.layers import LeftOut
from impact.questions.limits import Limits
from impact.questions.paths import Link, Path, Paths
from impact.questions.service_map import MapCI, MapGroup, ServiceMap
from impact.scenario import Base, Imagination, Scenario
from impact.strength import StrengthName

__all__ = [
    "Base",
    "CommonProviders",
    "Confidence",
    "Contact",
    "Dependent",
    "Dependents",
    "Doubt",
    "Explanation",
    "Imagination",
    "Impact",
    "ImpactEngine",
    "Item",
    "LeftOut",
    "Limits",
    "Link",
    "Listed",
    "MapCI",
    "MapGroup",
    "Path",
    "Paths",
    "Reason",
    "Scenario",
    "ServiceMap",
    "StateCounts",
    "Step",
    "StrengthName",
]
