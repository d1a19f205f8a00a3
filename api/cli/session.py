"""A command's way to the store, and who is at the keyboard."""

import getpass
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from api.cli.terminal import progress
from api.opening import open_engine, open_store
from cmdb.history import Author
from cmdb.settings import Settings
from cmdb.store import Store
from impact import ImpactEngine


@contextmanager
def session() -> Iterator[Store]:
    """The store of the settings; our own Neo4j is started, with its progress shown, where it does not run."""
    with ExitStack() as stack:
        with progress() as tell:
            store = stack.enter_context(open_store(Settings(), tell))
        yield store


def analyses(store: Store) -> ImpactEngine:
    """The analyses of the store."""
    with progress() as tell:
        return open_engine(store, Settings(), tell)


def author(reason: str = "") -> Author:
    """The person at the keyboard."""
    return Author(getpass.getuser(), "cli", reason)
