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
    Selection,
    StateCounts,
    Step,
)
from impact.answer.models import Asked, CIRef
from impact.answer.text import conditions, duration, listing
from impact.causes import Observations, Prior, RankedCause, RootCauses
from impact.engine import ImpactEngine
from impact.questions.accepted import AcceptedRisk
from impact.questions.common import CommonProviders
from impact.questions.comparison import ComparedCI, Comparison, Side
from impact.questions.critical import Critical
from impact.questions.cut_sets import CutSets, Searched
from impact.questions.dependents import Dependent, Dependents
from impact.questions.exposure import Exposed, Exposures
from impact.questions.interruptions import Interruptions
from impact.questions.layers import LeftOut
from impact.questions.limits import Limits
from impact.questions.paths import Link, Path, Paths
from impact.questions.ranking import AllSinglePoints, RankedPoint, RankedService
from impact.questions.service_map import MapCI, MapGroup, ServiceMap
from impact.questions.single_points import SinglePoint, SinglePoints
from impact.rehearsal import rehearse
from impact.scenario import Base, Imagination, Scenario
from impact.state import StateName
from impact.strength import StrengthName

__all__ = [
    "AcceptedRisk",
    "AllSinglePoints",
    "Asked",
    "Base",
    "CIRef",
    "CommonProviders",
    "ComparedCI",
    "Comparison",
    "Confidence",
    "Contact",
    "Critical",
    "CutSets",
    "Dependent",
    "Dependents",
    "Doubt",
    "Explanation",
    "Exposed",
    "Exposures",
    "Imagination",
    "Impact",
    "ImpactEngine",
    "Interruptions",
    "Item",
    "LeftOut",
    "Limits",
    "Link",
    "Listed",
    "MapCI",
    "MapGroup",
    "Observations",
    "Path",
    "Paths",
    "Prior",
    "RankedCause",
    "RankedPoint",
    "RankedService",
    "Reason",
    "RootCauses",
    "Scenario",
    "Searched",
    "Selection",
    "ServiceMap",
    "Side",
    "SinglePoint",
    "SinglePoints",
    "StateCounts",
    "StateName",
    "Step",
    "StrengthName",
    "conditions",
    "duration",
    "listing",
    "rehearse",
]
