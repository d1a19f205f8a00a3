"""`--neo4j=container` gives the tests the server that docker-compose.yml names."""

import pytest

from cmdb.database import Database
from cmdb.embedded import Address
from tests.conftest import NEO4J_IMAGE

pytestmark = pytest.mark.containers


def test_the_container_is_the_server_of_the_image(neo4j_address: Address) -> None:
    uri, user, password = neo4j_address.uri, neo4j_address.user, neo4j_address.password
    with Database(uri, user, password) as database:
        assert database.verify() == NEO4J_IMAGE.partition(":")[2]
