"""Reports: what incidents, outages, changes and releases come to by period, against targets."""

from cmdb.reports.asking import REPORTS, Asked, make_report
from cmdb.reports.periods import By
from cmdb.reports.report import Column, Report, Row

__all__ = ["REPORTS", "Asked", "By", "Column", "Report", "Row", "make_report"]
