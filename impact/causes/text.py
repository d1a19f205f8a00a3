"""Why a cause ranks where it does, in sentences."""

from collections.abc import Iterator, Mapping, Sequence

from impact.answer.text import listing
from impact.causes.models import Cause, RankedCause, Suspected, Weights

MOST = 3
LEAST_REASON = 0.01
BEHIND: Mapping[str, str] = {
    "explained": "it explains fewer alarms, or only as degradation",
    "beyond": "it leaves more alarms unexplained",
    "healthy": "more of what it takes down is healthy",
    "silence": "more of what it takes down has said nothing",
    "order": "symptoms began before it alarmed",
    "prior": "it is less likely to begin with",
}
"""What each part says where it is worse than that of the first."""
EVENTS = {"changed": "changed", "open_incident": "has an open incident", "failed_before": "failed before"}


def told(cause: RankedCause, alarms: int) -> str:
    """What speaks for and against an explanation, in one sentence."""
    if not cause.causes:
        what = "The alarm comes" if alarms == 1 else f"All {alarms:,} alarms come"
        return f"{what} from something that is not in the CMDB."
    return "; ".join(_clauses(cause, alarms)) + "."


def behind(weights: Weights, first: Weights) -> str:
    """What puts an explanation behind the first one."""
    differences = {part: getattr(weights, part) - getattr(first, part) for part in BEHIND}
    worst = min(differences, key=lambda part: differences[part])
    if differences[worst] > -LEAST_REASON:
        return "nothing that is known puts it behind the first; the order is that of names"
    return BEHIND[worst]


def _clauses(cause: RankedCause, alarms: int) -> Iterator[str]:
    names = listing((ci.name for ci in cause.causes), MOST)
    verb = "explains" if len(cause.causes) == 1 else "together explain"
    yield f"{names} {verb} {cause.explained:,} of {alarms:,} alarms"
    if cause.contradicted.count:
        named = listing((ci.name for ci in cause.contradicted.first), MOST)
        more = cause.contradicted.count - len(cause.contradicted.first)
        yield f"would take down or degrade what is healthy: {named}{f' and {more:,} more' if more else ''}"
    if cause.silent:
        yield f"and {cause.silent:,} CIs of which nothing is said"
    if cause.early:
        yield f"{cause.early:,} symptoms began before"
    for one in cause.causes:
        yield from _suspicions(one, one.suspected)


def _suspicions(cause: Cause, suspected: Sequence[Suspected]) -> Iterator[str]:
    for event in suspected:
        yield f"{cause.name} {EVENTS[event.kind]} ({event.what}), {event.times:.1f} times as likely for that"
