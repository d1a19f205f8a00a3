"""One real Neo4j a run: our own by default, a container or an address with `--neo4j`."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory

import pytest
from _pytest.capture import CaptureManager
from neo4j import ManagedTransaction
from testcontainers.community.neo4j import Neo4jContainer

from cmdb.catalogue import Catalogue, load_catalogue
from cmdb.database import Database, prepare
from cmdb.embedded import Address, EmbeddedNeo4j, Progress
from cmdb.embedded.files import Files
from cmdb.settings import Settings
from tests.now import beginning

NEO4J_IMAGE = "neo4j:2026.08.1"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--neo4j",
        default="embedded",
        metavar="embedded|container|bolt://…",
        help="the Neo4j to test on: our own (default), one in a container, or one at an address "
        "(user and password from CMDB_NEO4J_USER and CMDB_NEO4J_PASSWORD; its data is lost)",
    )


def aloud(capture: CaptureManager) -> Progress:
    """Tell where each step begins, past pytest's capture: the first download takes a minute."""

    def tell(step: str, done: int | None = None, total: int | None = None) -> None:
        if not done:
            with capture.global_and_fixture_disabled():
                print(f"\n{step} …", flush=True)

    return tell


@contextmanager
def embedded(progress: Progress) -> Iterator[Address]:
    """Start one with a home of its own and a free port; only the jars are those of the user."""
    with TemporaryDirectory(prefix="linchpin-tests-") as home:
        jars = Files.of(Settings()).jars
        settings = Settings(home=Path(home), neo4j_port=0, neo4j_jars=jars)
        server = EmbeddedNeo4j(settings, progress)
        try:
            yield server.start()
        finally:
            server.stop()


@contextmanager
def container() -> Iterator[Address]:
    with Neo4jContainer(NEO4J_IMAGE, username="neo4j", password=token_hex()) as server:
        yield Address(server.get_connection_url(), server.username, server.password)


@contextmanager
def existing(uri: str) -> Iterator[Address]:
    settings = Settings()
    yield Address(uri, settings.neo4j_user, settings.neo4j_password.get_secret_value())


def neo4j(config: pytest.Config) -> AbstractContextManager[Address]:
    match str(config.getoption("--neo4j")):
        case "embedded":
            return embedded(aloud(config.pluginmanager.getplugin("capturemanager")))
        case "container":
            return container()
        case uri:
            return existing(uri)


@pytest.fixture(scope="session")
def neo4j_address(request: pytest.FixtureRequest) -> Iterator[Address]:
    """Address of the one Neo4j of this run: uri, user, password."""
    with neo4j(request.config) as address:
        yield address


@pytest.fixture(autouse=True)
def began() -> Iterator[None]:
    """What `tests.now` tells."""
    with beginning():
        yield


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="session")
def prepared_address(neo4j_address: Address, catalogue: Catalogue) -> Address:
    """The same Neo4j with the schema in it."""
    with Database(neo4j_address.uri, neo4j_address.user, neo4j_address.password) as database:
        prepare(database, [relationship.type for relationship in catalogue.relationships.values()])
    return neo4j_address


@pytest.fixture
def database(prepared_address: Address) -> Iterator[Database]:
    """An empty database; an object of its own for each test, since it keeps numbers it has taken."""
    address = prepared_address
    with Database(address.uri, address.user, address.password) as database:
        empty(database)
        yield database


def empty(database: Database) -> None:
    """Delete all but the note of the schema."""
    while database.write(_delete_some):
        pass


def _delete_some(tx: ManagedTransaction) -> int:
    result = tx.run(
        """
        MATCH (n) WHERE NOT (n:Head AND n.name = 'schema')
        WITH n LIMIT 5000
        DETACH DELETE n
        RETURN count(*) AS deleted
        """
    )
    return int(result.single(strict=True)["deleted"])
