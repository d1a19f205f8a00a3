"""Tells of the things that a complete table of relationships does not name: they depend on nothing."""

from collections.abc import Iterable, Iterator

from cmdb.reconciliation import Observation, Rejection
from importers.sorting import Keyed


def with_independent(
    cis: Iterable[Keyed], told: Iterable[Observation | Rejection]
) -> Iterator[Observation | Rejection]:
    """What is told, and one observation without relations for each other CI; both come in order of ids."""
    rest = iter(cis)
    key = next(rest, ("",))[0]
    for one in told:
        if isinstance(one, Observation):
            while key and key < one.native_id:
                yield Observation(key, None, ())
                key = _after(key, rest)
            if key == one.native_id:
                key = _after(key, rest)
        yield one
    while key:
        yield Observation(key, None, ())
        key = _after(key, rest)


def _after(key: str, rest: Iterator[Keyed]) -> str:
    """The next key that differs; empty at the end."""
    return next((row[0] for row in rest if row[0] != key), "")
