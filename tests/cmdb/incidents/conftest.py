"""Incidents on a small estate: a shop that runs on one server, and depends on one of two links."""

import pytest

from cmdb.access import Actor, Role
from cmdb.history import Author
from cmdb.incidents import ServiceLevels, load_service_levels
from cmdb.practices import open_desk
from cmdb.records import By, Desk
from cmdb.store import Store, create_cis

ANN = By(Actor("ann", Role.OPERATOR), "test")
MAX = By(Actor("max", Role.MANAGER), "test", "for good")


@pytest.fixture
def desk(store: Store) -> Desk:
    return open_desk(store)


@pytest.fixture
def levels(store: Store) -> ServiceLevels:
    return load_service_levels(store)


@pytest.fixture
def server(store: Store) -> str:
    told = {"class": "server", "name": "app1", "supported_by": "unix", "owner": "infra"}
    ids, _ = create_cis(store, Author("test", "test"), [told])
    return ids[0]
