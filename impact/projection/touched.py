"""What changes touch, as numbers of CIs."""

from collections.abc import Iterable
from typing import NamedTuple

from neo4j import ManagedTransaction

from cmdb.database import Database
from cmdb.history import Kind, Past, read_past, relationship_types


class Touched(NamedTuple):
    """CIs that may say something else, and CIs that may depend on others; `purged` as in `Past`."""

    cis: set[int]
    owners: set[int]
    purged: int


def read_touched(tx: ManagedTransaction, seq: int) -> Touched:
    """What has been touched since revision `seq`."""
    past = read_past(tx, seq)
    cis, owners = _created(tx, seq)
    cis.update(state["no"] for (kind, _), state in past.before.items() if kind is Kind.CI)
    owners.update(dependents(past))
    return Touched(cis, owners, past.purged)


def dependents(past: Past, providers: Iterable[int] | None = None) -> set[int]:
    """Whoever is the dependent of a relationship, to some of the CIs or any, that has changed since."""
    states = [state for (kind, _), state in past.before.items() if kind is Kind.RELATIONSHIP]
    wanted = None if providers is None else set(providers)
    return {s["dependent_no"] for s in states if wanted is None or s["provider_no"] in wanted}


def dependents_now(database: Database, providers: Iterable[int]) -> set[int]:
    """Whoever depends on some of these CIs now."""
    (row,) = database.read(
        """
        UNWIND $nos AS no
        MATCH (:CI {no: no})<--(dependent:CI)
        RETURN collect(DISTINCT dependent.no) AS nos
        """,
        nos=list(providers),
    )
    return set(row["nos"])


def _created(tx: ManagedTransaction, seq: int) -> tuple[set[int], set[int]]:
    """CIs that are new or newly described, and the dependents of new relationships."""
    # One query a type: only then does Neo4j use the index on `created`. The catalogue vouches for names.
    owners = " UNION ALL ".join(
        f"MATCH (owner:CI)-[relationship:{type_} {{created: id}}]->() RETURN null AS ci, owner.no AS owner"
        for type_ in relationship_types(tx)
    )
    row = tx.run(
        f"""
        MATCH (revision:Revision) WHERE revision.seq > $seq
        WITH revision.id AS id
        CALL (id) {{
            MATCH (ci:CI {{created: id}}) RETURN ci.no AS ci, null AS owner
            UNION ALL
            MATCH (ci:RetiredCI {{created: id}}) RETURN ci.no AS ci, null AS owner
            UNION ALL
            MATCH (:SourceRecord {{created: id}})-[:DESCRIBES]->(ci) RETURN ci.no AS ci, null AS owner
            UNION ALL
            {owners}
        }}
        RETURN collect(DISTINCT ci) AS cis, collect(DISTINCT owner) AS owners
        """,
        seq=seq,
    ).single(strict=True)
    return set(row["cis"]), set(row["owners"])
