"""The period that problems are looked for in."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import impact.recurrence
from cmdb.errors import InvalidInput
from cmdb.store import Store
from impact.recurrence import Period, RecurrenceRules

USUAL = timedelta(days=180)
RULES = Path(impact.recurrence.__file__).with_name("recurrence.toml")


def period_of(since: datetime | None, until: datetime | None) -> Period:
    """The half-year before `until`, unless `since` says otherwise; raises InvalidInput if it is empty."""
    end = until or datetime.now(UTC)
    try:
        return Period(since or end - USUAL, end)
    except OverflowError:
        raise InvalidInput(f"Half a year before {end.isoformat()} is outside the calendar.") from None


def rules_of(store: Store) -> RecurrenceRules:
    """What the organisation calls more than chance; raises CatalogueError."""
    return store.policies.read(RecurrenceRules, RULES)
