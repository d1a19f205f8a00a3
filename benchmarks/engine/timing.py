"""Times of calls, and an end to those that take too long."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from benchmarks.engine.questions import Answer, Measured

LONGEST = 60
"""Seconds that any engine may take for one answer."""
BUDGET = 0.3
"""Seconds that a call is repeated in."""
QUICK = 6
"""Seconds; what takes longer is not done again."""
LEAST_BATCH = 0.0002
"""Seconds; what is shorter is timed several times at once, since the clock is not free."""


def best_ms(call: Callable[[], object], budget: float = BUDGET) -> float:
    """Milliseconds of the best call within a budget of seconds, three calls at least."""
    best, begin, batch, done = float("inf"), time.perf_counter(), 1, 0
    while done < 3 or time.perf_counter() - begin < budget:
        start = time.perf_counter()
        for _ in range(batch):
            call()
        took = time.perf_counter() - start
        best = min(best, took / batch)
        done += 1
        if took < LEAST_BATCH:
            batch *= 2
    return best * 1000


class TooLong(Exception):
    """A call took longer than it may."""


def once(call: Callable[[], Answer], seconds: int = LONGEST) -> Measured | None:
    """Time a call that may be slow, again where it is not; None where it takes longer than `seconds`."""
    start = time.perf_counter()
    try:
        with deadline(seconds):
            answer = call()
    except TooLong:
        return None
    took = time.perf_counter() - start
    return Measured(answer, min(took * 1000, best_ms(call)) if took < QUICK else took * 1000)


@contextmanager
def deadline(seconds: int = LONGEST) -> Iterator[None]:
    """Raise TooLong in the body once the time is over; in the main thread only."""

    def over(_number: int, _frame: FrameType | None) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, over)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
