"""Opens the database that the settings name: an existing Neo4j, or our own, started where it does not run."""

from collections.abc import Iterator
from contextlib import contextmanager

from api.compiled import is_compiled, note_compiled
from cmdb.catalogue import load_catalogue
from cmdb.database import Database, prepare
from cmdb.embedded import EmbeddedNeo4j, Progress
from cmdb.policy import Policies
from cmdb.settings import Settings
from cmdb.store import Store
from impact import ImpactEngine, rehearse


def connect(settings: Settings, progress: Progress | None = None) -> Database:
    """Connect to the Neo4j of the settings; raises Unavailable that says what to do."""
    if settings.neo4j_uri is None:
        address = EmbeddedNeo4j(settings, progress).start()
        return Database(address.uri, address.user, address.password)
    database = Database(
        settings.neo4j_uri,
        settings.neo4j_user,
        settings.neo4j_password.get_secret_value(),
        settings.neo4j_database,
    )
    database.verify()
    return database


@contextmanager
def open_store(settings: Settings, progress: Progress | None = None) -> Iterator[Store]:
    """The store of the settings, ready to use: catalogue loaded, schema prepared."""
    catalogue = load_catalogue(settings.catalogue)
    with connect(settings, progress) as database:
        prepare(database, (each.type for each in catalogue.relationships.values()))
        yield Store(database, catalogue, Policies(settings.policies))


def open_engine(store: Store, settings: Settings, progress: Progress) -> ImpactEngine:
    """The analyses of a store, which keep a copy of the graph in a file; their kernels are compiled."""
    if not is_compiled(settings.home):
        progress("Compiling the analyses, once after an installation")
        rehearse(store.catalogue)
        note_compiled(settings.home)
    return ImpactEngine(store.database, store.catalogue, settings.home / "projection.npz")
