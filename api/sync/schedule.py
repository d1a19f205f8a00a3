"""When a source is due."""

from datetime import UTC, datetime, timedelta
from zlib import crc32

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.interval import IntervalTrigger

from api.sync.configuration import Source
from api.sync.cron import cron_trigger


def trigger_of(source: Source) -> BaseTrigger | None:
    """When the source is run, the same for every process; None where it has no schedule.

    Sources of one interval take turns within it: each begins at a place of its own, by its name.
    """
    if source.schedule:
        return cron_trigger(source.schedule)
    if source.every:
        seconds = round(source.every.total_seconds())
        start = datetime.fromtimestamp(crc32(source.name.encode()) % seconds, UTC)
        return IntervalTrigger(seconds=seconds, start_date=start, timezone=UTC)
    return None


def is_due(trigger: BaseTrigger, last: datetime | None, now: datetime) -> bool:
    """Whether the trigger came since the `last` run began, or there was none."""
    if last is None:
        return True
    following: datetime | None = trigger.get_next_fire_time(None, last + timedelta(microseconds=1))
    return following is not None and following <= now
