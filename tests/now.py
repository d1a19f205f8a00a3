"""The time at which a test began: the whole run takes longer than the windows that tests speak of."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

_begun: list[datetime] = []


@contextmanager
def beginning() -> Iterator[None]:
    """Note that a test begins."""
    _begun.append(datetime.now(UTC).replace(microsecond=0))
    yield
    _begun.pop()


def now() -> datetime:
    """When the test began, to the second; the same however often it is asked."""
    return _begun[-1]
