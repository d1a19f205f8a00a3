"""What changes touch, as numbers of CIs."""

from typing import NamedTuple

from neo4j import ManagedTransaction

from cmdb.history import Kind, Revision, read_past, relationship_types, settle
from impact.projection.rewind import read_settled_past


class Touched(NamedTuple):
    """CIs that may say something else, and CIs that may depend on others; `purged` as in `Past`."""

    cis: set[int]
    owners: set[int]
    purged: int


def read_touched(tx: ManagedTransaction, seq: int) -> Touched:
    """What has been touched since revision `seq`."""
    settle(tx)
    past = read_past(tx, seq)
    cis, owners = _created(tx, seq)
    cis.update(state["no"] for state in past.states(Kind.CI))
    owners.update(state["dependent_no"] for state in past.states(Kind.RELATIONSHIP))
    return Touched(cis, owners, past.purged)


def read_dependents(tx: ManagedTransaction, providers: set[int], revision: Revision) -> set[int]:
    """Whoever depended on some of these CIs after a revision, or does now."""
    row = tx.run(
        """
        UNWIND $nos AS no
        MATCH (:CI {no: no})<--(dependent:CI)
        RETURN collect(DISTINCT dependent.no) AS nos
        """,
        nos=list(providers),
    ).single(strict=True)
    past = read_settled_past(tx, revision)
    return {
        *row["nos"],
        *(s["dependent_no"] for s in past.states(Kind.RELATIONSHIP) if s["provider_no"] in providers),
    }


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
