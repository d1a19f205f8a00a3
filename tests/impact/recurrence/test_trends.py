"""Groups that rise or fall, weekdays and hours that stand out."""

from datetime import UTC, datetime, timedelta
from math import comb
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.recurrence import Period, Row, peaks, trends
from tests.impact.recurrence.incidents import RULES, SINCE, YEAR

ALL_FOUND = RULES.model_copy(update={"false_discovery_rate": 0.999999, "at_least": 2})


def rows(by: str, value: str, before: int, after: int) -> list[Row]:
    """Incidents in the first and the second half of the year."""
    early, late = SINCE + timedelta(days=10), SINCE + timedelta(days=300)
    return [Row(early, {by: value})] * before + [Row(late, {by: value})] * after


def test_what_rises_falls_and_stays() -> None:
    told = trends(
        rows("team", "Network", 5, 40) + rows("team", "Storage", 40, 5) + rows("class", "switch", 20, 22),
        YEAR,
        RULES,
    )
    assert [(t.by, t.value, t.direction, t.before, t.after) for t in told] == [
        ("team", "Network", "rising", 5, 40),
        ("team", "Storage", "falling", 40, 5),
    ]


def test_all_together_are_a_group() -> None:
    told = trends(rows("team", "a", 10, 30) + rows("team", "b", 10, 30), YEAR, RULES)
    assert [(t.by, t.value) for t in told] == [("all", "all"), ("team", "a"), ("team", "b")]


def test_the_middle_belongs_to_the_second_half_and_the_end_to_none() -> None:
    middle = SINCE + YEAR.length / 2
    told = trends([Row(middle, {})] * 20 + [Row(YEAR.until, {})] * 50, YEAR, RULES)
    assert [(t.before, t.after) for t in told] == [(0, 20)]


@given(st.integers(0, 60), st.integers(0, 60))
def test_the_chance_is_the_exact_conditional_one(before: int, after: int) -> None:
    together, larger = before + after, max(before, after)
    exact = min(1.0, 2 * sum(comb(together, k) for k in range(larger, together + 1)) / 2**together)
    for trend in trends(rows("team", "a", before, after), YEAR, ALL_FOUND):
        assert trend.p_value == pytest.approx(exact)


def test_trends_of_chance_are_seldom_found() -> None:
    wrong = 0
    for seed in range(100):
        rng = Random(seed)
        told = [Row(SINCE + rng.random() * YEAR.length, {"team": rng.choice("abcdefgh")}) for _ in range(400)]
        wrong += bool(trends(told, YEAR, RULES))
    assert wrong <= 12


def test_mondays_stand_out() -> None:
    monday = datetime(2026, 1, 5, 0, tzinfo=UTC)
    rng = Random(1)
    moments = [SINCE + rng.random() * YEAR.length for _ in range(200)]
    moments += [monday + timedelta(weeks=week % 50, hours=rng.uniform(0, 24)) for week in range(60)]
    told = peaks(moments, YEAR, UTC, RULES)
    assert [(peak.by, peak.value) for peak in told] == [("weekday", "Monday")]
    assert told[0].expected == pytest.approx(260 / 7, rel=0.02)


def test_hours_are_those_of_the_zone() -> None:
    """Nine in the evening in Berlin, all the year round, is eight or seven in UTC."""
    berlin = ZoneInfo("Europe/Berlin")
    moments = [datetime(2026, 1 + day % 12, 1 + day % 28, 21, 30, tzinfo=berlin) for day in range(80)]
    told = peaks([moment.astimezone(UTC) for moment in moments], YEAR, berlin, RULES)
    assert ("hour", "21") in [(peak.by, peak.value) for peak in told]
    assert {peak.value for peak in told if peak.by == "hour"} == {"21"}


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_what_is_expected_adds_up(offset: int, seconds: int) -> None:
    """Whatever the period, weekdays share all incidents, and so do hours."""
    since = SINCE + timedelta(seconds=offset)
    period = Period(since, since + timedelta(seconds=seconds))
    moments = [since + period.length * part / 10 for part in range(10)]
    lenient = ALL_FOUND.model_copy(update={"false_discovery_rate": 0.9999999999})
    told = peaks(moments, period, ZoneInfo("America/New_York"), lenient)
    for by in ("weekday", "hour"):
        assert sum(peak.expected for peak in told if peak.by == by) <= 10 + 1e-6
    assert all(peak.incidents > peak.expected for peak in told)
