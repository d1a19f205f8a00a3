"""Real processes that work on one database at the same moment."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from typing import Any, TypeVar

from cmdb.catalogue import load_catalogue
from cmdb.database import Database
from cmdb.embedded import Address
from cmdb.store import Store

COUNT = 3
PATIENCE = 120
"""Seconds for all processes to be there."""

T = TypeVar("T")

_barriers: list[Barrier] = []
"""The barrier of this process, once it has started."""


@dataclass(frozen=True)
class Processes:
    """COUNT processes that stay for many tests."""

    address: Address
    pool: ProcessPoolExecutor

    def together(self, work: Callable[..., T], arguments: Sequence[tuple[Any, ...]]) -> list[T]:
        """Call `work(store, *arguments)` in each process, once all are ready."""
        assert len(arguments) == COUNT
        futures = [self.pool.submit(_work, self.address, work, one) for one in arguments]
        return [future.result() for future in futures]


@contextmanager
def processes(address: Address) -> Iterator[Processes]:
    context = get_context("spawn")
    barrier = context.Barrier(COUNT)
    with ProcessPoolExecutor(COUNT, context, _begin, (barrier,)) as pool:
        yield Processes(address, pool)


def _begin(barrier: Barrier) -> None:
    _barriers.append(barrier)


def _work(address: Address, work: Callable[..., T], arguments: tuple[Any, ...]) -> T:
    with Database(address.uri, address.user, address.password) as database:
        database.verify()
        store = Store(database, load_catalogue())
        _barriers[0].wait(PATIENCE)
        return work(store, *arguments)
