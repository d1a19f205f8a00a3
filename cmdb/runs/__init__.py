"""Import runs: from rows to revisions and a report, what a run finds missing, and what time does to it."""

from cmdb.runs.kept import run_of, runs
from cmdb.runs.preparation import unfit_native_id
from cmdb.runs.report import Change, Pending, Report
from cmdb.runs.run import RETIRE_AT_MOST, Row, Run
from cmdb.runs.sweep import Swept, last_seen, sweep

__all__ = [
    "RETIRE_AT_MOST",
    "Change",
    "Pending",
    "Report",
    "Row",
    "Run",
    "Swept",
    "last_seen",
    "run_of",
    "runs",
    "sweep",
    "unfit_native_id",
]
