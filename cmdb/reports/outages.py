"""How often and for how long services and CIs were down."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from cmdb.reports.periods import Periods
from cmdb.reports.report import Column, Figure, Kind, Rows
from cmdb.reports.restoring import HOUR

Stretch = tuple[int, int]
"""From when until when, in seconds since 1970."""

MTBF = Kind(
    "mtbf",
    "Mean time between failures",
    "availability",
    (
        Column("failures"),
        Column("down_hours", "h"),
        Column("planned_hours", "h"),
        Column("mtbf_hours", "h"),
        Column("mttr_hours", "h"),
        Column("availability", "%"),
    ),
)


@dataclass(frozen=True, slots=True)
class Outage:
    """An outage of a CI (by name); one that is not over lasts until now."""

    ci: str
    type: Literal["down", "degraded", "planned"]
    began: int
    ended: int


def mtbf(outages: Sequence[Outage], periods: Periods) -> Rows:
    """A row for each period and each CI that had an outage at any time."""
    down = _by_ci(outages, "down")
    planned = _by_ci(outages, "planned")
    edges = periods.edges.tolist()
    for name, begin, end in zip(periods.names, edges, edges[1:], strict=False):
        for ci in sorted({outage.ci for outage in outages}):
            failures = list(_without(down.get(ci, ()), planned.get(ci, ())))
            yield name, ci, _figures(failures, planned.get(ci, ()), (begin, end))


def _figures(failures: Sequence[Stretch], planned: Iterable[Stretch], period: Stretch) -> dict[str, Figure]:
    begin, end = period
    down, agreed = _length(failures, period), _length(planned, period)
    asked = end - begin - agreed
    began = sum(begin <= since < end for since, _ in failures)
    over = [until - since for since, until in failures if begin <= until < end]
    return {
        "failures": began,
        "down_hours": down / HOUR,
        "planned_hours": agreed / HOUR,
        "mtbf_hours": (asked - down) / began / HOUR if began else None,
        "mttr_hours": sum(over) / len(over) / HOUR if over else None,
        "availability": 100 * (asked - down) / asked if asked else None,
    }


def _by_ci(outages: Iterable[Outage], type_: str) -> dict[str, list[Stretch]]:
    """The outages of a type, those that overlap or meet as one."""
    found: dict[str, list[Stretch]] = {}
    for one in sorted(outages, key=lambda one: one.began):
        if one.type != type_ or one.ended <= one.began:
            continue
        stretches = found.setdefault(one.ci, [])
        if stretches and one.began <= stretches[-1][1]:
            stretches[-1] = stretches[-1][0], max(stretches[-1][1], one.ended)
        else:
            stretches.append((one.began, one.ended))
    return found


def _without(stretches: Iterable[Stretch], others: Sequence[Stretch]) -> Iterator[Stretch]:
    """What is left of stretches outside others; both are in order and apart."""
    for begin, end in stretches:
        for since, until in others:
            if until <= begin or since >= end:
                continue
            if begin < since:
                yield begin, since
            begin = until
        if begin < end:
            yield begin, end


def _length(stretches: Iterable[Stretch], period: Stretch) -> int:
    return sum(max(0, min(until, period[1]) - max(since, period[0])) for since, until in stretches)
