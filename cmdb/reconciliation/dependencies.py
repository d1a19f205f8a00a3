"""Brings the relationships of CIs in line with what their records say they depend on."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cmdb.catalogue import Catalogue
from cmdb.database import LostRace
from cmdb.history import Draft, Kind, relationship_subject
from cmdb.reconciliation.evaluation import Record, evaluate_relations
from cmdb.reconciliation.providers import Providers, resolve
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


def settle_dependencies(draft: Draft, catalogue: Catalogue, ids: Collection[str]) -> None:
    """Create, change and remove relationships of the CIs (by id) until they say what the records state."""
    dependents = _dependents(draft, ids)
    providers = resolve(draft, [record for one in dependents for record in one.records])
    created, changed, removed = [], [], []
    for one in dependents:
        wanted = evaluate_relations(one.records, providers.ids) if one.current else []
        existing = {relationship.identity: relationship for relationship in one.existing}
        for dependency in wanted:
            if dependency.provider == one.id:  # nothing can depend on itself, whatever a source says
                continue
            type_ = catalogue.relationship(dependency.type).type
            properties = {**dependency.terms, "sources": list(dependency.sources)}
            old = existing.pop((type_, *dependency.identity[1:]), None)
            if old is None:
                created.append([one.no, providers.numbers[dependency.provider], type_, properties])
            elif properties != _without_created(old.properties):
                _note(draft, one, old, removed=False)
                changed.append([old.element_id, properties | {"created": old.properties["created"]}])
        for old in existing.values():
            _note(draft, one, old, removed=True)
            removed.append(old.element_id)
    _create(draft, created)
    _change(draft, changed)
    _remove(draft, removed)
    _await(draft, dependents, providers)


def _dependents(draft: Draft, ids: Collection[str]) -> list[Dependent]:
    rows = draft.run(
        """
        UNWIND $ids AS id
        CALL (id) {
            MATCH (ci:CI {id: id}) RETURN ci UNION MATCH (ci:RetiredCI {id: id}) RETURN ci
        }
        SET ci.revision = ci.revision
        WITH ci
        RETURN ci.id AS id, ci.no AS no, ci:CI AS current,
            [(record:SourceRecord)-[:DESCRIBES]->(ci) | [
                record {.key, .source, .scope, .native_id, .observed_at, .relations},
                [(record)-[:AWAITS]->(target) | target.key]]] AS records,
            [(ci)-[relationship]->(provider:CI|RetiredCI) | [
                elementId(relationship), type(relationship), provider.id, provider.no,
                properties(relationship)]] AS existing
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
        for row in rows
    ]


def _without_created(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if name != "created"}


def _note(draft: Draft, dependent: Dependent, old: Existing, removed: bool) -> None:
    group = old.properties.get("group")
    draft.changed(
        Kind.RELATIONSHIP,
        relationship_subject(dependent.id, old.type, old.provider, group),
        {
            **old.properties,
            "dependent_no": dependent.no,
            "type": old.type,
            "provider_no": old.provider_no,
        },
        removed=removed,
    )


def _create(draft: Draft, rows: list[list[Any]]) -> None:
    if not rows:
        return
    draft.created()
    (made,) = draft.run(
        """
        UNWIND $rows AS row
        MATCH (dependent:CI {no: row[0]})
        MATCH (provider:CI {no: row[1]})
        CREATE (dependent)-[relationship:$(row[2])]->(provider)
        SET relationship = row[3], relationship.created = $revision
        RETURN count(CASE WHEN provider:CI THEN 1 END) AS count
        """,
        rows=rows,
        revision=draft.id,
    )
    if made["count"] != len(rows):
        raise LostRace("a provider was retired meanwhile")


def _change(draft: Draft, rows: list[list[Any]]) -> None:
    if rows:
        draft.run(
            """
            UNWIND $rows AS row
            MATCH ()-[relationship]->() WHERE elementId(relationship) = row[0]
            SET relationship = row[1]
            """,
            rows=rows,
        )


def _remove(draft: Draft, element_ids: list[str]) -> None:
    if element_ids:
        draft.run(
            """
            UNWIND $ids AS id
            MATCH ()-[relationship]->() WHERE elementId(relationship) = id
            DELETE relationship
            """,
            ids=element_ids,
        )


def _await(draft: Draft, dependents: Iterable[Dependent], providers: Providers) -> None:
    """Note which records await a provider, and forget those that wait no longer, or whose CI has retired."""
    added, ended = [], []
    for one in dependents:
        for record in one.records:
            wanted = providers.awaited.get(record.key, frozenset()) if one.current else frozenset()
            before = one.awaited.get(record.key, frozenset())
            added += [[record.key, *target] for target in wanted if target[0] not in before]
            ended += [[record.key, key] for key in before - {target[0] for target in wanted}]
    if ended:
        draft.run(
            """
            UNWIND $rows AS row
            MATCH (:SourceRecord {key: row[0]})-[awaits:AWAITS]->(:SourceRecord {key: row[1]})
            DELETE awaits
            """,
            rows=ended,
        )
    if added:
        _expect(draft, sorted(added, key=lambda row: row[1]))


def _expect(draft: Draft, rows: list[list[str]]) -> None:
    """Let records await others, of which those that nobody described yet are made now.

    What they await is locked: a CI that comes back at this moment must find who waits, or be found.
    """
    (late,) = draft.run(
        """
        UNWIND $rows AS row
        MERGE (target:SourceRecord {key: row[1]})
        ON CREATE SET target:Pending, target.source = row[2], target.scope = row[3],
                      target.native_id = row[4], target.created = $revision
        SET target.created = target.created
        WITH row, target
        MATCH (record:SourceRecord {key: row[0]})
        MERGE (record)-[:AWAITS]->(target)
        WITH target
        OPTIONAL MATCH (target)-[:DESCRIBES]->(ci)
        SET ci.revision = ci.revision
        RETURN count(CASE WHEN ci:CI THEN 1 END) AS count
        """,
        rows=rows,
        revision=draft.id,
    )
    if late["count"]:
        raise LostRace("an awaited CI has just appeared")
