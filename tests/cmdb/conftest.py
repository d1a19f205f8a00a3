from collections.abc import Iterator

import pytest

from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.embedded import Address
from cmdb.store import Store
from tests.cmdb.processes import Processes, processes


@pytest.fixture
def store(database: Database, catalogue: Catalogue) -> Store:
    return Store(database, catalogue)


@pytest.fixture(scope="session")
def crowd(prepared_address: Address) -> Iterator[Processes]:
    """Processes that work on the same database at once."""
    with processes(prepared_address) as started:
        yield started
