"""What keeps coming back: CIs and shared providers with more incidents than chance, bursts, trends."""

from impact.recurrence.analysis import recurrence
from impact.recurrence.models import Burst, Occurrence, Peak, Period, Recurrence, Recurring, Row, Trend
from impact.recurrence.peaks import peaks
from impact.recurrence.rules import RecurrenceRules
from impact.recurrence.trends import trends

__all__ = [
    "Burst",
    "Occurrence",
    "Peak",
    "Period",
    "Recurrence",
    "RecurrenceRules",
    "Recurring",
    "Row",
    "Trend",
    "peaks",
    "recurrence",
    "trends",
]
