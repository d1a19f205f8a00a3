"""From what sources see to one true CI each: records, what follows from them, import runs, reports."""

from cmdb.reconciliation.observation import (
    MANUAL,
    Gap,
    Observation,
    Relation,
    disagreements,
    relation_of,
)
from cmdb.reconciliation.report import Change, Pending, Rejection, Report
from cmdb.reconciliation.run import RETIRE_AT_MOST, Row, Run
from cmdb.reconciliation.runs import run_of, runs
from cmdb.reconciliation.sweep import Swept, last_seen, sweep

__all__ = [
    "MANUAL",
    "RETIRE_AT_MOST",
    "Change",
    "Gap",
    "Observation",
    "Pending",
    "Rejection",
    "Relation",
    "Report",
    "Row",
    "Run",
    "Swept",
    "disagreements",
    "last_seen",
    "relation_of",
    "run_of",
    "runs",
    "sweep",
]
