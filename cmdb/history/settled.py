"""What is surely whole: a revision can be seen an instant before all that it wrote can be."""

from typing import TypeVar

from neo4j import ManagedTransaction

from cmdb.database import Database, Work

T = TypeVar("T")


def settled(database: Database, work: Work[T]) -> T:
    """Read while no revision is being committed; `work` sees the whole of each revision that it sees.

    Neo4j lets readers see a transaction while it is being applied, its indexes last. A revision is sealed
    under the lock of the counter, which is kept until all of it is applied: whoever holds that lock sees none
    halfway. Writers wait meanwhile, so `work` must be short.
    """

    def quiet(tx: ManagedTransaction) -> T:
        tx.run("MERGE (head:Head {name: 'revision'}) SET head.locked = true REMOVE head.locked").consume()
        return work(tx)

    return database.write(quiet)
