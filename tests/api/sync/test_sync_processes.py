"""Schedules, locks and signals, between real processes."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from api.sync import Alerter, Alerts, Runner, run_on_schedule
from cmdb.errors import InvalidInput
from tests.api.sync.sources import report, source

ROOT = Path(__file__).parents[3]
LONG = 60
"""Seconds after which a process that says nothing has failed."""

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a process that syncs sources of these names; what runs at the end is killed."""
    with ExitStack() as started:

        def start(every: str, *names: str) -> subprocess.Popen[str]:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.api.sync.syncing", str(tmp_path), every, *names],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                text=True,
            )
            started.enter_context(process)
            started.callback(process.kill)
            return process

        yield start


def _journal(folder: Path) -> list[str]:
    path = folder / "journal"
    return path.read_text().splitlines() if path.exists() else []


def _until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LONG
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _heard(process: subprocess.Popen[str], line: str) -> None:
    """Wait until the process says this."""
    assert process.stdout
    assert any(said.strip() == line for said in iter(process.stdout.readline, ""))


def test_runs_again_and_again_and_ends_when_told(tmp_path: Path, start: Start) -> None:
    (tmp_path / "go").touch()
    process = start("1s", "a", "b")
    _until(lambda: len([line for line in _journal(tmp_path) if line.startswith("end a")]) >= 3)
    process.send_signal(signal.SIGTERM)
    assert process.wait(LONG) == 0
    names = [line.split()[1] for line in _journal(tmp_path) if line.startswith("end")]
    assert set(names) == {"a", "b"}


def test_two_processes_do_not_run_one_source_twice(tmp_path: Path, start: Start) -> None:
    first = start("1h", "a")
    _until(lambda: bool(_journal(tmp_path)))
    second = start("1h", "a")
    _heard(second, "a is being run by another process")
    (tmp_path / "go").touch()
    _heard(first, "a done")
    third = start("1h", "a", "b")
    _heard(third, "b done")
    for process in (first, second, third):
        process.send_signal(signal.SIGTERM)
        assert process.wait(LONG) == 0
    assert _journal(tmp_path) == [
        f"begin a {first.pid}",
        f"end a {first.pid}",
        f"begin b {third.pid}",
        f"end b {third.pid}",
    ]


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_what_runs_is_let_end(tmp_path: Path, start: Start, sent: signal.Signals) -> None:
    process = start("1h", "a")
    _until(lambda: bool(_journal(tmp_path)))
    process.send_signal(sent)
    time.sleep(0.2)
    assert process.poll() is None
    (tmp_path / "go").touch()
    assert process.wait(LONG) == 0
    assert _journal(tmp_path) == [f"begin a {process.pid}", f"end a {process.pid}"]


def test_a_second_signal_ends_it_at_once_and_the_source_is_run_again(tmp_path: Path, start: Start) -> None:
    process = start("1h", "a")
    _until(lambda: bool(_journal(tmp_path)))
    while process.poll() is None:
        process.send_signal(signal.SIGTERM)
        time.sleep(0.1)
    assert process.returncode == -signal.SIGTERM
    (tmp_path / "go").touch()
    again = start("1h", "a")
    _heard(again, "a done")
    again.send_signal(signal.SIGTERM)
    assert again.wait(LONG) == 0
    assert [line.split()[0] for line in _journal(tmp_path)] == ["begin", "begin", "end"]


def test_nothing_to_do_is_a_mistake(tmp_path: Path) -> None:
    runner = Runner(tmp_path, report, Alerter(Alerts(), print), print)
    with pytest.raises(InvalidInput, match="No source has a schedule"):
        run_on_schedule([source("a")], runner)
    assert list(tmp_path.iterdir()) == []
