"""The plan of a change: what it says, what it refuses, when its steps are."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from cmdb.changes import BackOut, Plan, Step, Window
from cmdb.errors import InvalidInput

START = datetime(2026, 11, 21, 22, tzinfo=UTC)


def step(name: str, **more: Any) -> Step:
    told = {"cis": ["a"], "action": "restart", "duration": 60, "effect": "down", **more}
    return Step.model_validate({"name": name, **told})


def plan(*steps: Step, minutes: int = 60, **more: Any) -> Plan:
    window = Window(start=START, end=START + timedelta(minutes=minutes))
    return Plan(steps=steps, window=window, **more)


def times(of: Plan, hurried: bool = False) -> list[tuple[int, int]]:
    """Begin and end of each step, in seconds of the window."""
    return [
        (round((one.begin - START).total_seconds()), round((one.end - START).total_seconds()))
        for one in of.schedule(hurried)
    ]


def test_steps_follow_one_another_once_recovered() -> None:
    assert times(plan(step("one", recovery=30), step("two"))) == [(0, 60), (90, 150)]


def test_a_hurried_step_does_not_wait_for_the_recovery_of_the_one_before() -> None:
    assert times(plan(step("one", recovery=30), step("two")), hurried=True) == [(0, 60), (60, 120)]


def test_parallel_steps_begin_together_and_the_next_waits_for_all() -> None:
    three = plan(step("one"), step("two", duration=300, parallel=True), step("three"))
    assert times(three) == [(0, 60), (0, 300), (300, 360)]


def test_what_is_removed_never_recovers_and_nobody_waits_for_it() -> None:
    gone = plan(step("remove", action="remove", recovery=500), step("next"))
    assert [one.recovered for one in gone.schedule()] == [None, START + timedelta(seconds=120)]


def test_work_and_back_out_that_do_not_fit_are_a_fact_and_no_error() -> None:
    back_out = BackOut(text="restore the image", duration=3000)
    assert plan(step("one"), back_out=back_out).spare == 3600 - 60 - 3000
    tight = plan(step("one", recovery=600), back_out=back_out)
    assert tight.work == 660
    assert tight.spare == -60
    assert not tight.fits


def test_after_the_last_decision_point_there_is_no_way_back() -> None:
    one, two, three = step("one"), step("two"), step("three")
    late = plan(one, two, three, back_out=BackOut(text="restore", duration=60), last_decision_point="two")
    assert [late.can_back_out(each) for each in (one, two, three)] == [True, True, False]


def test_without_a_back_out_plan_no_step_has_a_way_back() -> None:
    one = step("one")
    assert not plan(one).can_back_out(one)


def test_a_plan_survives_json_and_times_are_utc() -> None:
    told = plan(step("one"), back_out=BackOut(text="restore", duration=60), test_evidence="TEST-7")
    assert Plan.model_validate_json(told.model_dump_json()) == told
    window = Window.model_validate({"start": "2026-11-21T23:00:00+01:00", "end": "2026-11-22T00:00:00+01:00"})
    assert (window.start, window.start.tzinfo, window.seconds) == (START, UTC, 3600)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: Window(start=START, end=START), "ends (2026-11-21T22:00:00Z) no later than it starts"),
        (lambda: plan(step("one"), step("one")), "Several steps have one name: one."),
        (lambda: plan(step("one"), last_decision_point="two"), "The last decision point two is no step"),
        (lambda: plan(step("one", parallel=True)), "no step before it"),
        (lambda: step("one", action="remove", effect="none"), "its effect is down, not none"),
        (lambda: step("one", worst="degraded"), "cannot be better in the worst case"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_reason(make: Any, told: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        make()
    assert told in refused.value.detail


@pytest.mark.parametrize(
    "broken", [{"cis": []}, {"duration": 0}, {"effect": "bad"}, {"surprise": 1}, {"name": " "}]
)
def test_a_malformed_step_is_refused(broken: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        step("one", **broken) if "name" not in broken else step(**broken)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValidationError):
        Window.model_validate({"start": "2026-11-21T23:00:00", "end": "2026-11-22T00:00:00"})
