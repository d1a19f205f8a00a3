"""What a plan does to services, in the words of an assessment and in those of the risk."""

from collections.abc import Iterable

from cmdb.changes import Away, Condition, Hurt
from cmdb.records import instant
from impact.planning import Course, ServiceFate, Stretch
from impact.risk import Effect, Service

ORDER: tuple[Condition, ...] = ("down", "interrupted", "degraded", "exposed")


def hurt(courses: Iterable[Course], interruption: int) -> tuple[Hurt, ...]:
    """The services that suffer in any of some courses, each at its worst; the worst first.

    Who is away for no more than `interruption` seconds in all is interrupted, else down.
    """
    worst: dict[str, Hurt] = {}
    for course in courses:
        for fate in course.services:
            found = _hurt(fate, interruption)
            if found and (fate.id not in worst or _rank(found) < _rank(worst[fate.id])):
                worst[fate.id] = found
    return tuple(sorted(worst.values(), key=lambda one: (_rank(one), one.name, one.id)))


def effect(hurt: Iterable[Hurt]) -> Effect:
    """The same as the risk takes it."""
    told: dict[Condition, list[Service]] = {condition: [] for condition in ORDER}
    for one in hurt:
        told[one.condition].append(Service(one.name, one.criticality))
    return Effect(**{condition: tuple(services) for condition, services in told.items()})


def _hurt(fate: ServiceFate, interruption: int) -> Hurt | None:
    times: dict[Condition, int | None] = {
        "down": fate.down,
        "degraded": fate.degraded,
        "exposed": fate.exposed,
    }
    condition = next((name for name, seconds in times.items() if seconds != 0), None)
    if condition is None:
        return None
    seconds = times[condition]
    short = condition == "down" and seconds is not None and seconds <= interruption
    return Hurt(
        id=fate.id,
        name=fate.name,
        condition="interrupted" if short else condition,
        seconds=seconds,
        criticality=fate.criticality,
        owner=fate.owner,
        away=tuple(_away(one) for one in fate.away),
    )


def _away(one: Stretch) -> Away:
    return Away(begin=instant(one.begin), end=instant(one.end) if one.end else None)


def _rank(one: Hurt) -> tuple[int, float]:
    """The worst condition first, of that the longest."""
    return ORDER.index(one.condition), -(float("inf") if one.seconds is None else one.seconds)
