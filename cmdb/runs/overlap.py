"""Does one thing while the next is being prepared."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def overlapped(items: Iterable[T], work: Callable[[T], R]) -> Iterator[R]:
    """Apply `work` to the items one after the other, in a thread, and yield the results in order.

    Each item is taken from `items` while the one before is worked on, and worked on once the result of the
    one before has been consumed.
    """
    with ThreadPoolExecutor(max_workers=1) as worker:
        running: Future[R] | None = None
        for item in items:
            if running:
                yield running.result()
            running = worker.submit(work, item)
        if running:
            yield running.result()
