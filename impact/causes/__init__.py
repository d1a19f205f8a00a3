"""What broke it: explanations of alarms, ranked by how well their failure predicts what is seen."""

from impact.causes.changed import changed
from impact.causes.models import Cause, RankedCause, RootCauses, Suspected, Symptom, Weights
from impact.causes.observations import Observations, Prior
from impact.causes.policy import SHIPPED, PriorKind, RootCausePolicy
from impact.causes.report import found_causes
from impact.causes.suspicion import suspicion

__all__ = [
    "SHIPPED",
    "Cause",
    "Observations",
    "Prior",
    "PriorKind",
    "RankedCause",
    "RootCausePolicy",
    "RootCauses",
    "Suspected",
    "Symptom",
    "Weights",
    "changed",
    "found_causes",
    "suspicion",
]
