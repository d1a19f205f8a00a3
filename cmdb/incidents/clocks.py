"""The clocks of an incident, to respond and to restore, from the states that it went through."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from cmdb.agreements import ClockKind
from cmdb.calendars import Calendar
from cmdb.clocks import Clock, Pause
from cmdb.incidents.rules import ClockRules
from cmdb.records import Span


def clock_of(
    kind: ClockKind, history: Sequence[Span], rules: ClockRules, calendar: Calendar, target: timedelta
) -> Clock:
    """A clock of an incident whose states are given in order, from the first.

    Once responded to, it stays so. The service is restored only as long as it stays restored: what lies
    between a restoration and a reopening is a pause, and not the end.
    """
    stopped, pauses = (_responded if kind == "respond" else _restored)(history, rules)
    waits = [_pause(span) for span in history if span.state in rules.pause]
    return Clock(calendar, target, moment(history[0].since), stopped, (*pauses, *waits))


def moment(text: str) -> datetime:
    """The instant that a record tells."""
    return datetime.fromisoformat(text)


def worked(time: timedelta) -> str:
    """Working time as people say it: `10 min`, `1 h 30 min`, `40 h`; a day of it is no 24 h."""
    minutes, seconds = divmod(round(time.total_seconds()), 60)
    units = ((minutes // 60, "h"), (minutes % 60, "min"), (seconds, "s"))
    return " ".join(f"{count} {unit}" for count, unit in units if count) or "0 min"


def _responded(history: Sequence[Span], rules: ClockRules) -> tuple[datetime | None, list[Pause]]:
    began = next((span.since for span in history if span.state in rules.respond), None)
    return moment(began) if began else None, []


def _restored(history: Sequence[Span], rules: ClockRules) -> tuple[datetime | None, list[Pause]]:
    done = list(_runs(history, rules))
    last = done[-1] if done and done[-1][1] is None else None
    return last[0] if last else None, [pause for pause in done if pause is not last]


def _runs(history: Sequence[Span], rules: ClockRules) -> Iterator[Pause]:
    """From when until when the service was restored; each run may be of several states."""
    began: datetime | None = None
    for span in history:
        if span.state in rules.restore:
            began = began or moment(span.since)
        elif began:
            yield began, moment(span.since)
            began = None
    if began:
        yield began, None


def _pause(span: Span) -> Pause:
    return moment(span.since), moment(span.until) if span.until else None
