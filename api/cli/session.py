"""A command's way to the store, and who is at the keyboard."""

import getpass
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from api.cli.terminal import progress
from api.opening import open_store
from cmdb.history import Author
from cmdb.settings import Settings
from cmdb.store import Store


@contextmanager
def session() -> Iterator[Store]:
    """The store of the settings; our own Neo4j is started, with its progress shown, where it does not run."""
    with ExitStack() as stack:
        with progress() as tell:
            store = stack.enter_context(open_store(Settings(), tell))
        yield store


def author(reason: str = "") -> Author:
    """The person at the keyboard."""
    return Author(getpass.getuser(), "cli", reason)
