"""What is surely whole: a revision can be seen an instant before all that it wrote can be."""

from neo4j import ManagedTransaction


def settle(tx: ManagedTransaction) -> None:
    """Wait until no revision is being committed; from then on `tx`, which may write, sees whole ones only.

    Neo4j lets readers see a transaction while it is being applied, its indexes last. A revision is sealed
    under the lock of the counter, which is kept until all of it is applied: whoever holds that lock sees none
    halfway. Writers wait until `tx` ends, so it must end soon.
    """
    tx.run("MERGE (head:Head {name: 'revision'}) SET head.locked = true REMOVE head.locked").consume()
