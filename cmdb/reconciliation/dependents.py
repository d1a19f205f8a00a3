"""Reads dependents: CIs with their records, and the relationships they have."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from cmdb.history import Draft
from cmdb.reconciliation.evaluation import Record
from cmdb.reconciliation.records import record_of


@dataclass(frozen=True, slots=True)
class Existing:
    """A relationship in the graph."""

    element_id: str
    type: str
    provider: str
    provider_no: int
    properties: Mapping[str, Any]

    @property
    def identity(self) -> tuple[str, str, str]:
        """What identifies it within its dependent."""
        return self.type, self.provider, self.properties.get("group", "")


@dataclass(frozen=True, slots=True)
class Dependent:
    """A CI with its records and relationships; `awaited` maps record keys to the keys they await."""

    id: str
    no: int
    current: bool
    records: tuple[Record, ...]
    awaited: Mapping[str, frozenset[str]]
    existing: tuple[Existing, ...]


def lock_dependents(draft: Draft, ids: Collection[str]) -> list[Dependent]:
    """Hold other writers off these CIs, and read them."""
    (found,) = draft.run(
        """
        UNWIND $ids AS id
        CALL (id) {
            MATCH (ci:CI {id: id}) RETURN ci UNION MATCH (ci:RetiredCI {id: id}) RETURN ci
        }
        SET ci.created = ci.created
        WITH ci
        RETURN collect({id: ci.id, no: ci.no, current: ci:CI,
            records: [(record:SourceRecord)-[:DESCRIBES]->(ci) | [
                properties(record),
                [(record)-[:AWAITS]->(target) | target.key]]],
            existing: [(ci)-[relationship]->(provider:CI|RetiredCI) | [
                elementId(relationship), type(relationship), provider.id, provider.no,
                properties(relationship)]]}) AS dependents
        """,
        ids=sorted(ids),
    )
    return [
        Dependent(
            id=row["id"],
            no=row["no"],
            current=row["current"],
            records=tuple(record_of(properties) for properties, _ in row["records"]),
            awaited={
                properties["key"]: frozenset(targets) for properties, targets in row["records"] if targets
            },
            existing=tuple(Existing(*relationship) for relationship in row["existing"]),
        )
        for row in found["dependents"]
    ]
