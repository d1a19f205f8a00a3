"""What is there now, in the shape that history keeps: subjects and their properties."""

from collections.abc import Collection
from typing import Any

from neo4j import ManagedTransaction, Record

from cmdb.history.past import State
from cmdb.history.revision import Kind, relationship_subject

RELATIONSHIP = """
    dependent.id AS dependent, dependent.no AS dependent_no, type(relationship) AS type,
    provider.id AS provider, provider.no AS provider_no, properties(relationship) AS properties
"""


def relationship_types(tx: ManagedTransaction) -> list[str]:
    """The types that relationships between CIs may have, as in the graph."""
    record = tx.run("MATCH (head:Head {name: 'schema'}) RETURN head.types AS types").single()
    return list(record["types"]) if record else []


def created_by(tx: ManagedTransaction, revisions: Collection[int]) -> dict[tuple[Kind, str], State]:
    """All CIs and relationships there are now that these revisions (by id) created."""
    ids = list(revisions)
    found = _cis(
        tx.run(
            """
            UNWIND $ids AS id
            CALL (id) {
                MATCH (ci:CI {created: id}) RETURN ci
                UNION MATCH (ci:RetiredCI {created: id}) RETURN ci
            }
            RETURN properties(ci) AS properties
            """,
            ids=ids,
        )
    )
    for type_ in relationship_types(tx):
        # One query a type: only then does Neo4j use the index on `created`. The catalogue vouches for names.
        query = f"""
            UNWIND $ids AS id
            MATCH (dependent)-[relationship:{type_} {{created: id}}]->(provider)
            RETURN {RELATIONSHIP}
        """
        found |= _relationships(tx.run(query, ids=ids))
    return found


def present(tx: ManagedTransaction, subjects: Collection[tuple[Kind, str]]) -> dict[tuple[Kind, str], State]:
    """Those of these CIs and relationships that are there now."""
    found = _cis(
        tx.run(
            """
            UNWIND $ids AS id
            CALL (id) {
                MATCH (ci:CI {id: id}) RETURN ci UNION MATCH (ci:RetiredCI {id: id}) RETURN ci
            }
            RETURN properties(ci) AS properties
            """,
            ids=[subject for kind, subject in subjects if kind is Kind.CI],
        )
    )
    ends = [subject.split(" ", 3) for kind, subject in subjects if kind is Kind.RELATIONSHIP]
    return found | _relationships(
        tx.run(
            f"""
            UNWIND $rows AS row
            MATCH (dependent:CI {{id: row[0]}})-[relationship]->(provider:CI {{id: row[2]}})
            WHERE type(relationship) = row[1] AND coalesce(relationship.group, '') = row[3]
            RETURN {RELATIONSHIP}
            """,
            rows=ends,
        )
    )


def relationships_of(tx: ManagedTransaction, ci: str) -> dict[tuple[Kind, str], State]:
    """All relationships of a current CI (by id), in both directions."""
    return _relationships(
        tx.run(
            f"""
            MATCH (:CI {{id: $ci}})-[relationship]-(:CI)
            WITH DISTINCT relationship,
                 startNode(relationship) AS dependent, endNode(relationship) AS provider
            RETURN {RELATIONSHIP}
            """,
            ci=ci,
        )
    )


def _cis(rows: Any) -> dict[tuple[Kind, str], State]:
    return {(Kind.CI, row["properties"]["id"]): row["properties"] for row in rows}


def _relationships(rows: Any) -> dict[tuple[Kind, str], State]:
    return dict(map(_relationship, rows))


def _relationship(row: Record) -> tuple[tuple[Kind, str], State]:
    properties = row["properties"]
    subject = relationship_subject(row["dependent"], row["type"], row["provider"], properties.get("group"))
    return (Kind.RELATIONSHIP, subject), {
        **properties,
        "dependent_no": row["dependent_no"],
        "type": row["type"],
        "provider_no": row["provider_no"],
    }
