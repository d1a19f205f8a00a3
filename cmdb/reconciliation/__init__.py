"""From what sources see to one true CI each: records, what follows from them, import runs, reports."""

from cmdb.reconciliation.observation import (
    MANUAL,
    Gap,
    Observation,
    Relation,
    disagreements,
    relation_of,
)
from cmdb.reconciliation.report import Pending, Rejection, Report
from cmdb.reconciliation.run import Run
from cmdb.reconciliation.runs import runs

__all__ = [
    "MANUAL",
    "Gap",
    "Observation",
    "Pending",
    "Rejection",
    "Relation",
    "Report",
    "Run",
    "disagreements",
    "relation_of",
    "runs",
]
