"""Incidents that crowd together in time."""

from datetime import timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from impact.recurrence import Recurrence, recurrence
from tests.impact.recurrence.incidents import RULES, SINCE, YEAR, Log, estate


def ask(log: Log) -> Recurrence:
    return recurrence(estate(), log.incidents, YEAR, RULES)


def test_a_burst_is_told_with_its_window() -> None:
    log = Log(estate())
    for week in range(0, 50, 12):
        log.hit("app-1-1-1", at=SINCE + timedelta(weeks=week))
    begin = SINCE + timedelta(days=200)
    for hour in range(6):
        log.hit("app-1-1-1", at=begin + timedelta(hours=hour))
    log.spread(300, "app-2")
    (burst,) = ask(log).bursts
    assert (burst.name, burst.incidents, burst.in_period, burst.window_days) == ("app-1-1-1", 6, 11, 1.0)
    assert (burst.since, burst.until) == (begin, begin + timedelta(hours=5))


def test_steady_failure_is_no_burst() -> None:
    log = Log(estate())
    for day in range(0, 360, 3):
        log.hit("app-1-1-1", at=SINCE + timedelta(days=day))
    assert ask(log).bursts == []


def test_chance_seldom_bursts() -> None:
    wrong = 0
    for seed in range(100):
        log = Log(estate(), seed)
        log.spread(400, "app-1")  # ten each
        wrong += bool(ask(log).bursts)
    assert wrong <= 10


@settings(max_examples=50, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_burst_is_the_fullest_window(rng: Random) -> None:
    log = Log(estate())
    begin = rng.uniform(0, 350)
    days = [rng.uniform(0, 359) for _ in range(rng.randint(0, 6))]
    days += [begin + rng.uniform(0, 2) for _ in range(rng.randint(3, 8))]
    for day in days:
        log.hit("app-1-1-1", at=SINCE + timedelta(days=day))
    for burst in ask(log).bursts:
        fullest = max(sum(one <= day <= one + burst.window_days for day in days) for one in days)
        assert burst.incidents == fullest
        assert burst.until - burst.since <= timedelta(days=burst.window_days)
