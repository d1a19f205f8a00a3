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
from cmdb.reconciliation.run import RETIRE_AT_MOST, Row, Run
from cmdb.reconciliation.runs import run_of, runs

__all__ = [
    "MANUAL",
    "RETIRE_AT_MOST",
    "Gap",
    "Observation",
    "Pending",
    "Rejection",
    "Relation",
    "Report",
    "Row",
    "Run",
    "disagreements",
    "relation_of",
    "run_of",
    "runs",
]
