import pytest

from cmdb.practices import open_desk
from cmdb.records import Desk
from cmdb.store import Store
from tests.cmdb.discovery import says
from tests.cmdb.releases.discovering import look


@pytest.fixture
def desk(store: Store) -> Desk:
    return open_desk(store)


@pytest.fixture
def cis(store: Store) -> list[str]:
    """Two servers that discovery knows with version 1.0."""
    look(store, one="1.0", two="1.0")
    return [says(store, name)["id"] for name in ("one", "two")]
