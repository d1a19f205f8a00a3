"""Freezes and maintenance windows, by whom they are inherited, and the windows that they leave."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import impact.planning.windows
from cmdb.changes import Plan
from cmdb.policy import Policies
from impact.planning import (
    Bonds,
    Breach,
    Freeze,
    Harms,
    Maintenance,
    Planned,
    Stretch,
    WindowPolicy,
    free_windows,
)
from impact.planning.spans import holds
from impact.scenario import find_known
from tests.impact.planning.estates import START, back_out, shop

SHOP = shop()
HOUR = timedelta(hours=1)


def freeze(*cis: str, begin: int = 0, hours: int = 2) -> Freeze:
    start = START + begin * HOUR
    return Freeze(
        name="freeze",
        begin=start,
        end=start + hours * HOUR,
        cis=frozenset(map(SHOP.id, cis)),
        everything=not cis,
    )


def nightly(*cis: str, begin: int = 22, end: int = 2, **more: Any) -> Maintenance:
    told = {"days": impact.planning.windows.DAYS, "zone": "UTC", **more}
    return Maintenance.model_validate(
        {"name": "night", "cis": [SHOP.id(ci) for ci in cis], "begin": time(begin), "end": time(end), **told}
    )


def breaches(plan: Plan, *rules: Freeze | Maintenance) -> list[Breach]:
    policy = WindowPolicy(
        freezes=tuple(rule for rule in rules if isinstance(rule, Freeze)),
        maintenance=tuple(rule for rule in rules if isinstance(rule, Maintenance)),
    )
    projection = SHOP.projection
    bonds = Bonds.of(Harms(projection), find_known(projection, plan.cis), plan, policy)
    window = plan.window
    return list(bonds.breaches(int(window.start.timestamp()), int(window.end.timestamp())))


def test_a_ci_inherits_a_freeze_of_what_fails_or_works_worse_without_it() -> None:
    mail = SHOP.plan(SHOP.step("mail", "mail", effect="none"))
    assert [(one.bond, one.cis) for one in breaches(mail, freeze("blog"))] == [("fails", [SHOP.id("blog")])]
    assert [one.bond for one in breaches(mail, freeze("shop"))] == ["degraded"]
    assert [one.bond for one in breaches(mail, freeze("mail"))] == ["own"]
    assert [one.bond for one in breaches(mail, freeze())] == [None]
    assert breaches(mail, freeze("app")) == []


def test_redundancy_keeps_a_freeze_away_unless_one_stage_takes_it_all() -> None:
    one, two = SHOP.step("a", "db-a"), SHOP.step("b", "db-b")
    assert breaches(SHOP.plan(one, two), freeze("shop")) == []
    together = SHOP.plan(one, two.model_copy(update={"parallel": True}))
    assert [breach.bond for breach in breaches(together, freeze("shop"))] == ["fails"]


def test_a_freeze_is_breached_only_while_it_lasts() -> None:
    plan = SHOP.plan(SHOP.step("app", "app"), minutes=60)
    assert breaches(plan, freeze("shop", begin=1)) == []
    assert breaches(plan, freeze("shop", begin=-2)) == []


def test_a_plan_stays_inside_the_maintenance_windows_of_the_services_above() -> None:
    plan = SHOP.plan(SHOP.step("app", "app"), minutes=240)
    assert breaches(plan, nightly("shop")) == []
    assert breaches(plan, nightly("alone", end=23)) == []
    assert [one.kind for one in breaches(plan, nightly("shop", end=1))] == ["outside_maintenance"]
    assert breaches(plan, nightly("shop", end=0), nightly("shop", begin=0, end=2)) == []


def test_hours_are_those_of_the_clock_on_the_wall_whatever_the_season() -> None:
    berlin = nightly("shop", begin=1, end=5, zone="Europe/Berlin", days=["sunday"])
    since = datetime(2026, 10, 20, tzinfo=UTC)
    spans = berlin.spans(int(since.timestamp()), int((since + timedelta(days=14)).timestamp()))
    assert [(end - begin) // 3600 for begin, end in spans] == [5, 4]
    assert [datetime.fromtimestamp(begin, ZoneInfo("Europe/Berlin")).hour for begin, _ in spans] == [1, 1]


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),
    st.integers(0, 23),
    st.integers(0, 23),
    st.sets(st.sampled_from(impact.planning.windows.DAYS), min_size=1),
)
def test_every_hour_is_inside_or_outside_as_the_calendar_says(
    at: datetime, begin: int, end: int, days: set[str]
) -> None:
    at = at.replace(tzinfo=UTC)
    rule = nightly("shop", begin=begin, end=end, days=sorted(days))
    moment = int(at.timestamp())

    def begins_on(day: date) -> bool:
        return impact.planning.windows.DAYS[day.weekday()] in days

    today, yesterday = begins_on(at.date()), begins_on(at.date() - timedelta(days=1))
    if begin < end:
        expected = today and begin <= at.hour < end
    else:
        expected = (today and at.hour >= begin) or (yesterday and at.hour < end)
    assert holds(rule.spans(moment, moment + 1), moment) == expected


def free(new: Planned, *others: Planned, policy: WindowPolicy, most: int = 2) -> list[Stretch]:
    harms = Harms(SHOP.projection)
    return free_windows(harms, new, others, policy, int(START.timestamp()), most)


def hours(found: list[Stretch]) -> list[tuple[float, float]]:
    assert all(one.end is not None for one in found)
    return [((one.begin - START) / HOUR, (one.end - START) / HOUR) for one in found if one.end]


def new(*cis: str) -> Planned:
    """It needs an hour, half of it to be backed out."""
    step = SHOP.step("work", *cis, duration=1800)
    return Planned("CHG-1", SHOP.plan(step, back_out=back_out(30)), "ops")


def other(*cis: str, begin: int, team: str | None = None) -> Planned:
    step = SHOP.step("work", *cis, duration=3600)
    return Planned(f"CHG-2{begin}", SHOP.plan(step, begin=60 * begin, minutes=60), team)


def test_free_windows_break_no_freeze_and_lie_in_maintenance() -> None:
    policy = WindowPolicy(freezes=(freeze("shop", hours=3),), maintenance=(nightly("shop"),))
    assert hours(free(new("app"), policy=policy)) == [(3, 4), (24, 25)]


def test_free_windows_collide_with_nothing() -> None:
    none = WindowPolicy()
    assert hours(free(new("app"), other("app", begin=0), policy=none)) == [(1, 2), (2, 3)]
    assert hours(free(new("app"), other("alone", begin=1, team="ops"), policy=none)) == [(0, 1), (2, 3)]
    assert hours(free(new("db-a"), other("db-b", begin=0), policy=none)) == [(1, 2), (2, 3)]
    assert hours(free(new("db-a"), other("alone", begin=0), policy=none)) == [(0, 1), (1, 2)]


def test_where_nothing_is_free_nothing_is_suggested() -> None:
    assert free(new("app"), policy=WindowPolicy(freezes=(freeze(hours=91 * 24),))) == []
    assert free(new("app"), policy=WindowPolicy(maintenance=(nightly("shop", begin=1, end=1),)), most=1)
    short = nightly("shop", begin=1, end=2).model_copy(update={"end": time(1, 59)})
    assert free(new("app"), policy=WindowPolicy(maintenance=(short,))) == []


def test_the_shipped_policy_has_no_windows() -> None:
    shipped = Path(impact.planning.windows.__file__).with_name("windows.toml")
    assert Policies().read(WindowPolicy, shipped) == WindowPolicy()


@pytest.mark.parametrize("broken", [{"zone": "Mars/Base"}, {"days": ["someday"]}, {"cis": []}, {"more": 1}])
def test_a_window_that_cannot_be_meant_is_refused(broken: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Maintenance.model_validate({**nightly("shop").model_dump(), **broken})


def test_a_freeze_is_for_something_and_has_an_end_after_its_begin() -> None:
    mistakes: list[dict[str, Any]] = [{"cis": []}, {"everything": True}, {"end": START}]
    for broken in mistakes:
        with pytest.raises(ValidationError):
            Freeze.model_validate({**freeze("shop").model_dump(), **broken})
