"""Arrivals: imports of records from other systems, with their history, in batches and with a report."""

from cmdb.arrivals.foreign import Foreign
from cmdb.arrivals.report import RecordReport
from cmdb.arrivals.taking_in import take_in_records

__all__ = ["Foreign", "RecordReport", "take_in_records"]
