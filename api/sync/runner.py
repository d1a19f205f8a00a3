"""Runs one source: alone, again where it fails, and remembers what came of it."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from threading import Event

from filelock import FileLock, Timeout

from api.sync.alerts import Alerter
from api.sync.configuration import Source
from api.sync.schedule import is_due, trigger_of
from api.sync.state import State
from cmdb.errors import LinchpinError
from cmdb.runs import Report

PAUSE = 30.0
"""Seconds before a failed run is tried again; twice as long before each further time."""

Run = Callable[[Source], Report]

log = logging.getLogger(__name__)


class Outcome(StrEnum):
    """What came of a source."""

    DONE = "done"
    FAILED = "failed"
    HELD = "held"
    """Taken in, but a person must look before anything is retired."""
    BUSY = "busy"
    """Another process is running it."""
    NOT_DUE = "not due"
    """Another process has just run it, or this one stops."""


class Runner:
    """Runs sources with the function `run`; locks and states are kept in `folder`."""

    def __init__(
        self, folder: Path, run: Run, alerter: Alerter, tell: Callable[[str], None], pause: float = PAUSE
    ) -> None:
        self._folder = folder
        self._run = run
        self._alerter = alerter
        self._tell = tell
        self._pause = pause
        self._stopping = Event()

    def stop(self) -> None:
        """Try nothing again and begin nothing more; what runs ends."""
        self._stopping.set()

    def missed(self, source: Source) -> bool:
        """Whether the source has been due and nobody has run it to its end."""
        trigger = trigger_of(source)
        return trigger is not None and is_due(trigger, self._state(source).completed, datetime.now(UTC))

    def if_due(self, source: Source) -> Outcome:
        """Run the source, unless another process has since it was due."""

        def work() -> Outcome:
            wanted = self.missed(source) and not self._stopping.is_set()
            return self._once(source) if wanted else Outcome.NOT_DUE

        return self._alone(source, work)

    def now(self, source: Source) -> Outcome:
        """Run the source, due or not."""
        return self._alone(source, lambda: self._once(source))

    def _alone(self, source: Source, work: Callable[[], Outcome]) -> Outcome:
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._folder / f"{source.name}.lock")
        try:
            lock.acquire(blocking=False)
        except Timeout:
            self._tell(f"{source.name} is being run by another process")
            return Outcome.BUSY
        try:
            return work()
        finally:
            lock.release()

    def _once(self, source: Source) -> Outcome:
        state = self._state(source).model_copy(update={"began": datetime.now(UTC), "ended": None})
        self._keep(source, state)
        self._tell(f"{source.name} begins")
        outcome, detail = self._attempts(source)
        now = datetime.now(UTC)
        state = state.model_copy(update={"ended": now})
        if outcome is Outcome.DONE:
            state = self._alerter.succeeded(source, state, now)
        else:
            state = self._alerter.failed(source, state, now, detail)
        self._keep(source, state)
        self._tell(f"{source.name} {outcome}{f': {detail}' if detail else ''}")
        return outcome

    def _attempts(self, source: Source) -> tuple[Outcome, str]:
        """Try until it does not fail, as often as the source allows."""
        for attempt in range(source.retries + 1):
            outcome, detail = self._attempt(source)
            if outcome is not Outcome.FAILED or attempt == source.retries:
                break
            pause = self._pause * 2**attempt
            self._tell(f"{source.name} failed, and is tried again in {pause:g} s: {detail}")
            if self._stopping.wait(pause):
                break
        return outcome, detail

    def _attempt(self, source: Source) -> tuple[Outcome, str]:
        try:
            report = self._run(source)
        except LinchpinError as error:
            return Outcome.FAILED, f"{error.title}: {error.detail}"
        except Exception as error:  # a source must not take the others with it
            log.exception("source %s failed in a way that nobody foresaw", source.name)
            return Outcome.FAILED, f"{type(error).__name__}: {error}"
        return (Outcome.HELD, report.held) if report.held else (Outcome.DONE, "")

    def _state(self, source: Source) -> State:
        return State.read(self._path(source))

    def _keep(self, source: Source, state: State) -> None:
        state.write(self._path(source))

    def _path(self, source: Source) -> Path:
        return self._folder / f"{source.name}.json"
