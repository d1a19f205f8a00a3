"""A shop on two servers of which one suffices, behind one switch."""

from typing import Any

import pytest

from api.practices.incident import IncidentPractice
from cmdb.access import Actor, Role
from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.history import Author
from cmdb.practices import open_desk
from cmdb.records import By
from cmdb.store import Link, Store, create_cis, relate
from impact import ImpactEngine

ANN = By(Actor("ann", Role.MANAGER), "test", "as seen")
Shop = dict[str, str]


@pytest.fixture
def store(database: Database, catalogue: Catalogue) -> Store:
    return Store(database, catalogue)


@pytest.fixture
def practice(store: Store) -> IncidentPractice:
    return IncidentPractice.of(store, open_desk(store), ImpactEngine(store.database, store.catalogue))


@pytest.fixture
def shop(store: Store) -> Shop:
    author = Author("test", "test")
    told: list[dict[str, Any]] = [
        {
            "class": "business_service",
            "name": "Shop",
            "criticality": "critical",
            "users": 2000,
            "owner": "trading",
            "used_by": "sales",
        },
        {"class": "server", "name": "web1", "supported_by": "unix"},
        {"class": "server", "name": "web2", "supported_by": "unix"},
        {"class": "switch", "name": "sw1", "supported_by": "network"},
    ]
    ids, _ = create_cis(store, author, told)
    shop, one, two, switch = ids
    links = [Link(shop, "depends_on", server, group="web", terms={"need": 1}) for server in (one, two)]
    links += [Link(server, "connects_to", switch) for server in (one, two)]
    relate(store, author, links)
    return {"Shop": shop, "web1": one, "web2": two, "sw1": switch}
