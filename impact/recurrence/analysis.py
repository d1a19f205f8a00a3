"""What keeps coming back in a period."""

from collections.abc import Iterable

from impact.projection import Projection
from impact.recurrence.models import Occurrence, Period, Recurrence
from impact.recurrence.rules import RecurrenceRules


def recurrence(
    projection: Projection, occurrences: Iterable[Occurrence], period: Period, rules: RecurrenceRules
) -> Recurrence:
    """CIs and shared providers with more incidents than chance would give, and bursts of single CIs."""
    raise NotImplementedError
