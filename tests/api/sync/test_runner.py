"""One source: tried again, remembered, and never run twice at a time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from api.sync import Alerter, Alerts, Outcome, Runner, Source
from api.sync.schedule import is_due, trigger_of
from api.sync.state import State
from cmdb.errors import Unavailable
from cmdb.runs import Report
from tests.api.sync.sources import report, source

Run = Callable[[Source], Report]


def _runner(folder: Path, run: Run, told: list[str] | None = None) -> Runner:
    tell = print if told is None else told.append
    return Runner(folder, run, Alerter(Alerts(), tell), tell, pause=0.001)


def _fails(times: int, calls: list[str]) -> Run:
    """A run that fails so often before it does not."""

    def run(of: Source) -> Report:
        calls.append(of.name)
        if len(calls) <= times:
            raise Unavailable("the address does not answer")
        return report(of)

    return run


@pytest.mark.parametrize(
    ("failures", "retries", "calls", "outcome"),
    [
        (0, 2, 1, Outcome.DONE),
        (2, 2, 3, Outcome.DONE),
        (3, 2, 3, Outcome.FAILED),
        (1, 0, 1, Outcome.FAILED),
    ],
)
def test_is_tried_as_often_as_it_may(
    tmp_path: Path, failures: int, retries: int, calls: int, outcome: Outcome
) -> None:
    made: list[str] = []
    assert _runner(tmp_path, _fails(failures, made)).now(source("a", retries=retries)) is outcome
    assert made == ["a"] * calls


def test_tells_why(tmp_path: Path) -> None:
    told: list[str] = []
    _runner(tmp_path, _fails(9, []), told).now(source("a", retries=1))
    assert told == [
        "a begins",
        "a failed, and is tried again in 0.001 s: Neo4j is not available: the address does not answer",
        "a failed: Neo4j is not available: the address does not answer",
    ]


def test_what_nobody_foresaw_is_a_failure_too(tmp_path: Path) -> None:
    told: list[str] = []

    def run(of: Source) -> Report:
        raise ZeroDivisionError("by nothing")

    assert _runner(tmp_path, run, told).now(source("a")) is Outcome.FAILED
    assert told[-1] == "a failed: ZeroDivisionError: by nothing"


def test_a_held_import_is_not_tried_again(tmp_path: Path) -> None:
    calls: list[str] = []

    def run(of: Source) -> Report:
        calls.append(of.name)
        return report(of, held="would retire 30 % of its CIs")

    told: list[str] = []
    assert _runner(tmp_path, run, told).now(source("a", retries=3)) is Outcome.HELD
    assert calls == ["a"]
    assert told[-1] == "a held: would retire 30 % of its CIs"


def test_is_due_once_an_interval(tmp_path: Path) -> None:
    calls: list[str] = []
    hourly = source("a", every="1h")
    runner = _runner(tmp_path, _fails(0, calls))
    assert runner.missed(hourly)  # it was never run
    assert runner.if_due(hourly) is Outcome.DONE
    assert _runner(tmp_path, _fails(0, calls)).if_due(hourly) is Outcome.NOT_DUE
    assert calls == ["a"]
    hour_ago = datetime.now(UTC) - timedelta(hours=1)
    State(began=hour_ago, ended=hour_ago).write(tmp_path / "a.json")
    assert runner.if_due(hourly) is Outcome.DONE
    assert calls == ["a", "a"]


def test_without_a_schedule_it_is_never_due_but_runs_when_told(tmp_path: Path) -> None:
    runner = _runner(tmp_path, _fails(0, []))
    assert runner.if_due(source("a")) is Outcome.NOT_DUE
    assert runner.now(source("a")) is Outcome.DONE


def test_a_run_that_never_ended_is_due(tmp_path: Path) -> None:
    State(began=datetime.now(UTC)).write(tmp_path / "a.json")
    assert _runner(tmp_path, _fails(0, [])).if_due(source("a", every="1h")) is Outcome.DONE


@pytest.mark.parametrize("damage", ["", "{", '{"began": "soon"}'])
def test_a_damaged_state_is_as_none(tmp_path: Path, damage: str) -> None:
    (tmp_path / "a.json").write_text(damage)
    assert _runner(tmp_path, _fails(0, [])).if_due(source("a", every="1h")) is Outcome.DONE
    assert State.read(tmp_path / "a.json").completed


def test_sources_of_one_interval_take_turns() -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    triggers = [trigger_of(source(name, every="1h")) for name in ("a", "b", "c")]
    first = [trigger.get_next_fire_time(None, now) for trigger in triggers if trigger]
    assert len(set(first)) == 3
    assert all(now <= moment < now + timedelta(hours=1) for moment in first)
    again = trigger_of(source("a", every="1h"))
    assert again
    assert again.get_next_fire_time(None, now) == first[0]


def test_the_end_of_an_interval_belongs_to_the_next() -> None:
    trigger = trigger_of(source("a", every="10s"))
    assert trigger
    moment = trigger.get_next_fire_time(None, datetime(2026, 3, 1, tzinfo=UTC))
    instant = timedelta(milliseconds=1)
    assert is_due(trigger, moment - instant, moment)
    assert not is_due(trigger, moment, moment + instant)
    assert not is_due(trigger, moment, moment + timedelta(seconds=10) - instant)
    assert is_due(trigger, moment, moment + timedelta(seconds=10))


@contextmanager
def _running(folder: Path, of: Source) -> Iterator[None]:
    """The source runs in another thread, with a runner of its own."""
    begun, go_on = Event(), Event()

    def run(of: Source) -> Report:
        begun.set()
        go_on.wait()
        return report(of)

    thread = Thread(target=lambda: _runner(folder, run).now(of))
    thread.start()
    begun.wait()
    try:
        yield
    finally:
        go_on.set()
        thread.join()


def test_a_source_does_not_run_twice_at_a_time_and_others_do(tmp_path: Path) -> None:
    calls: list[str] = []
    runner = _runner(tmp_path, _fails(0, calls))
    with _running(tmp_path, source("a")):
        assert runner.now(source("a")) is Outcome.BUSY
        assert runner.now(source("b")) is Outcome.DONE
    assert runner.now(source("a")) is Outcome.DONE
    assert calls == ["b", "a"]


def test_a_runner_that_stops_tries_nothing_again(tmp_path: Path) -> None:
    calls: list[str] = []
    runner = Runner(tmp_path, _fails(9, calls), Alerter(Alerts(), print), print, pause=3600)
    runner.stop()
    assert runner.now(source("a", retries=5)) is Outcome.FAILED
    assert runner.if_due(source("b", every="1h")) is Outcome.NOT_DUE
    assert calls == ["a"]
