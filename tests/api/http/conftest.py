"""The app on the real Neo4j, and a client for each role."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.http import create_app
from cmdb.access import Role, create_token
from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.store import Store
from impact import ImpactEngine
from tests.api.http.asking import Json, create, relate

ClientFor = Callable[[Role], TestClient]


@pytest.fixture
def store(database: Database, catalogue: Catalogue) -> Store:
    return Store(database, catalogue)


@pytest.fixture
def app(store: Store) -> FastAPI:
    return create_app(store, ImpactEngine(store.database, store.catalogue))


@pytest.fixture
def client_for(app: FastAPI, store: Store) -> ClientFor:
    """Makes clients with a token of a role; the token has the role's name."""

    def make(role: Role) -> TestClient:
        secret = create_token(store.database, role.value, role)
        return TestClient(
            app,
            base_url="http://linchpin/api/v1",
            headers={"Authorization": f"Bearer {secret}"},
            raise_server_exceptions=False,
        )

    return make


@pytest.fixture
def client(client_for: ClientFor) -> TestClient:
    """A client that may do everything."""
    return client_for(Role.ADMINISTRATOR)


@pytest.fixture
def stranger(app: FastAPI) -> TestClient:
    """A client without a token."""
    return TestClient(app, base_url="http://linchpin/api/v1", raise_server_exceptions=False)


@pytest.fixture
def pair(client: TestClient) -> dict[str, Json]:
    """A service on two servers, of which one suffices."""
    cis = {name: create(client, name) for name in ("web01", "web02")}
    cis["shop"] = create(client, "shop", "business_service")
    for name in ("web01", "web02"):
        relate(client, cis["shop"], cis[name], group="web", need=1)
    return cis


@pytest.fixture
def shop(client: TestClient) -> dict[str, Json]:
    """A service on two servers in one rack."""
    cis = {name: create(client, name) for name in ("web01", "web02")}
    cis["shop"] = create(client, "shop", "business_service")
    cis["rack"] = create(client, "rack", "rack")
    for name in ("web01", "web02"):
        relate(client, cis["shop"], cis[name], group="web", need=1)
        relate(client, cis[name], cis["rack"], type="located_in")
    return cis
