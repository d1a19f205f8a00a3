"""Whoever settles sees the whole of each revision that has been sealed."""

from threading import Event, Thread, Timer

from neo4j import ManagedTransaction

from cmdb.database import Database
from cmdb.history import Author, Draft, settle


def test_what_is_sealed_is_waited_for(database: Database) -> None:
    sealed, release = Event(), Event()

    def write(tx: ManagedTransaction) -> None:
        draft = Draft(database, tx, 1)
        draft.created()
        draft.seal(Author("ada", "test"))
        sealed.set()
        release.wait()

    def count(tx: ManagedTransaction) -> int:
        settle(tx)
        return int(tx.run("MATCH (:Revision) RETURN count(*) AS count").single(strict=True)["count"])

    writer = Thread(target=database.write, args=[write])
    writer.start()
    sealed.wait()
    Timer(0.5, release.set).start()
    assert database.write(count) == 1
    writer.join()
