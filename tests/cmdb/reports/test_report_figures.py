from collections import Counter
from datetime import UTC, date, datetime
from statistics import mean
from typing import get_args

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from cmdb.errors import InvalidInput
from cmdb.reports.cells import Cells
from cmdb.reports.incidents import Told, grouping
from cmdb.reports.periods import By, Periods, cut
from cmdb.reports.recurrence import recurrence
from cmdb.reports.report import Figure, Rows
from cmdb.reports.restoring import backlog, mttr
from cmdb.reports.volume import escalated, reopened, sla, volume
from tests.cmdb.reports.histories import RULES, columns, histories, turns

NOW = datetime(2026, 6, 1, tzinfo=UTC)
AGES = RULES.ages


def periods(by: By = "week") -> Periods:
    return cut(date(2026, 2, 1), date(2026, 4, 5), by, "UTC", NOW)


def bounds(of: Periods) -> list[tuple[str, datetime, datetime]]:
    edges = [datetime.fromtimestamp(edge, UTC) for edge in of.edges.tolist()]
    return list(zip(of.names, edges, edges[1:], strict=False))


def figures(rows: Rows) -> dict[tuple[str, str], dict[str, Figure]]:
    return {(period, group): dict(told) for period, group, told in rows}


def in_group(incidents: list[Told], group: str) -> list[Told]:
    return [one for one in incidents if not group or group in one.groups["ci"]]


def cells(per: bool, incidents: list[Told]) -> Cells:
    return Cells(periods(), columns(incidents).groups["ci"] if per else None)


def rate(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None


@settings(deadline=None)
@given(histories, st.booleans())
def test_volume_counts_every_turn(incidents: list[Told], per: bool) -> None:
    found = figures(volume(columns(incidents), cells(per, incidents)))
    again = figures(reopened(columns(incidents), cells(per, incidents)))
    for period, since, until in bounds(periods()):
        for group in ("a", "b") if per else ("",):
            counted = Counter(
                what for one in in_group(incidents, group) for at, what in turns(one) if since <= at < until
            )
            told = found.get((period, group), {})
            for what in ("opened", "reopened", "resolved", "cancelled"):
                assert told.get(what, 0) == counted[what]
            if counted["resolved"]:
                assert again[period, group]["rate"] == rate(counted["reopened"], counted["resolved"])


@settings(deadline=None)
@given(histories, st.booleans())
def test_what_was_open_and_what_came_and_went_is_what_is_open(incidents: list[Told], per: bool) -> None:
    table, of = columns(incidents), cells(per, incidents)
    flow, stock = figures(volume(table, of)), figures(backlog(table, of, AGES))
    for group in ("a", "b") if per else ("",):
        left: Figure = None
        for period in periods().names:
            now = stock.get((period, group), {}).get("open", 0)
            told = flow.get(
                (period, group), dict.fromkeys(("opened", "reopened", "resolved", "cancelled"), 0)
            )
            change = sum(told[name] or 0 for name in ("opened", "reopened"))
            change -= sum(told[name] or 0 for name in ("resolved", "cancelled"))
            assert left is None or now == left + change
            left = now


@settings(deadline=None)
@given(histories)
def test_backlog_by_age(incidents: list[Told]) -> None:
    found = figures(backlog(columns(incidents), cells(False, incidents), AGES))
    for period, _, until in bounds(periods()):
        ages = []
        for one in incidents:
            before = [(at, what) for at, what in turns(one) if at < until]
            if before and before[-1][1] in ("opened", "reopened"):
                ages.append((until - before[0][0]).total_seconds() / 86_400)
        told = found[period, ""]
        assert told["open"] == len(ages)
        assert told["oldest_days"] == (max(ages) if ages else None)
        assert told["mean_age_days"] == (pytest.approx(mean(ages)) if ages else None)
        limits = [0.0, *AGES, float("inf")]
        classes = [name for name in told if "to_" in name or "over_" in name]
        for name, low, high in zip(classes, limits, limits[1:], strict=False):
            assert told[name] == sum(low < age <= high or (low == age == 0) for age in ages)


@settings(deadline=None)
@given(histories, st.booleans())
def test_times_and_promises_of_what_stayed_resolved(incidents: list[Told], per: bool) -> None:
    table, of = columns(incidents), cells(per, incidents)
    times, promises = figures(mttr(table, of)), figures(sla(table, of))
    for period, since, until in bounds(periods()):
        for group in ("a", "b") if per else ("",):
            done = [
                (one, (turns(one)[-1][0] - turns(one)[0][0]).total_seconds() / 3600)
                for one in in_group(incidents, group)
                if turns(one)[-1][1] == "resolved" and since <= turns(one)[-1][0] < until
            ]
            if not done:
                continue
            hours = sorted(hour for _, hour in done)
            told = times[period, group]
            assert told["resolved"] == len(done)
            assert told["mean_hours"] == pytest.approx(mean(hours))
            for name, share in (("median_hours", 0.5), ("p90_hours", 0.9)):
                least = next(hour for hour in hours if sum(h <= hour for h in hours) >= share * len(hours))
                assert told[name] == least
            kept = [one.promise_kept for one, _ in done if one.promise_kept is not None]
            assert promises[period, group]["rate"] == rate(sum(kept), len(kept))


@settings(deadline=None)
@given(histories)
def test_escalations_are_counted_where_the_incident_was_opened(incidents: list[Told]) -> None:
    found = figures(escalated(columns(incidents), cells(False, incidents)))
    for period, since, until in bounds(periods()):
        opened = [one for one in incidents if since <= turns(one)[0][0] < until]
        told = found[period, ""]
        assert told["opened"] == len(opened)
        assert told["rate"] == rate(sum(one.escalated > 0 for one in opened), len(opened))
        assert told["reassigned_rate"] == rate(sum(one.reassigned > 0 for one in opened), len(opened))
        assert told["reassignments"] == sum(one.reassigned for one in opened)


@settings(deadline=None)
@given(histories, st.integers(1, 40))
def test_recurrence_looks_back_on_the_same_ci(incidents: list[Told], days: int) -> None:
    found = figures(recurrence(columns(incidents), cells(False, incidents), days))
    openings = [turns(one)[0][0] for one in incidents]
    repeats = [
        any(
            set(other.groups["ci"]) & set(one.groups["ci"])
            and (openings[before], before) < (openings[place], place)
            and (openings[place] - openings[before]).total_seconds() <= days * 86_400
            for before, other in enumerate(incidents)
        )
        for place, one in enumerate(incidents)
    ]
    for period, since, until in bounds(periods()):
        inside = [place for place, at in enumerate(openings) if since <= at < until]
        assert found[period, ""]["with_ci"] == sum(bool(incidents[place].groups["ci"]) for place in inside)
        assert found[period, ""]["repeated"] == sum(repeats[place] for place in inside)


@settings(deadline=None)
@given(st.dates(date(2020, 1, 1), date(2025, 4, 1)), st.integers(1, 400), st.sampled_from(get_args(By)))
def test_periods_are_without_gaps_and_every_day_is_in_one(since: date, days: int, by: By) -> None:
    until = date.fromordinal(since.toordinal() + days)
    of = cut(since, until, by, "Europe/Berlin", NOW)
    names = [
        name for name, begin, end in bounds(of) for _ in range(round((end - begin).total_seconds() / 86_400))
    ]
    for day, name in enumerate(names):
        when = date.fromordinal(since.toordinal() + day)
        year, week, _ = when.isocalendar()
        expected = {
            "day": when.isoformat(),
            "week": f"{year}-W{week:02}",
            "month": f"{when:%Y-%m}",
            "quarter": f"{when.year}-Q{-(-when.month // 3)}",
        }
        assert name == expected[by]
    assert len(names) == days
    assert len(set(of.names)) == len(of.names)


def test_days_are_those_of_the_time_zone() -> None:
    of = cut(date(2026, 3, 28), date(2026, 3, 31), "day", "Europe/Berlin", NOW)
    assert [(end - begin).total_seconds() / 3600 for _, begin, end in bounds(of)] == [24, 23, 24]
    assert bounds(of)[0][1] == datetime(2026, 3, 27, 23, tzinfo=UTC)


def test_periods_end_with_now() -> None:
    of = cut(date(2026, 5, 30), date(2026, 7, 1), "day", "UTC", datetime(2026, 5, 31, 12, tzinfo=UTC))
    assert of.names == ("2026-05-30", "2026-05-31")
    assert bounds(of)[-1][2] == datetime(2026, 5, 31, 12, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "until", "by", "zone", "reason"),
    [
        (date(2026, 2, 1), date(2026, 2, 1), "day", "UTC", "There is no day from"),
        (date(2027, 2, 1), date(2027, 3, 1), "day", "UTC", "There is no day from"),
        (date(1, 1, 1), date(2026, 2, 1), "day", "UTC", "0001-01-01 is too long ago"),
        (date(1990, 2, 1), date(2026, 2, 1), "day", "UTC", "more than 1,000 periods"),
        (date(2026, 2, 1), date(2026, 3, 1), "day", "Berlin", "There is no time zone 'Berlin'"),
    ],
)
def test_what_has_no_periods_is_told(since: date, until: date, by: By, zone: str, reason: str) -> None:
    with pytest.raises(InvalidInput, match=reason):
        cut(since, until, by, zone, NOW)


def test_an_incident_on_two_cis_of_one_name_counts_once() -> None:
    one = grouping([("web", "web"), ("db", "web"), ()])
    assert one.names == ("db", "web")
    assert (one.starts.tolist(), one.codes.tolist()) == ([0, 1, 3, 3], [1, 0, 1])
