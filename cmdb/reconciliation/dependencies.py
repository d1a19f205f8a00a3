"""Brings the relationships of CIs in line with what their records say they depend on."""

from collections.abc import Collection, Mapping
from typing import Any

from cmdb.catalogue import Catalogue
from cmdb.database import LostRace
from cmdb.history import Draft, Kind, relationship_subject
from cmdb.reconciliation.awaiting import await_providers
from cmdb.reconciliation.dependents import Dependent, Existing, lock_dependents
from cmdb.reconciliation.evaluation import evaluate_relations
from cmdb.reconciliation.providers import resolve


def settle_dependencies(draft: Draft, catalogue: Catalogue, ids: Collection[str]) -> None:
    """Create, change and remove relationships of the CIs (by id) until they say what the records state."""
    if not ids:
        return
    dependents = lock_dependents(draft, ids)
    providers = resolve(draft, [record for one in dependents for record in one.records])
    created: dict[int, list[list[Any]]] = {}
    changed, removed = [], []
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
                new = [providers.numbers[dependency.provider], type_, properties | {"created": draft.id}]
                created.setdefault(one.no, []).append(new)
            elif properties != _without_created(old.properties):
                _note(draft, one, old, removed=False)
                changed.append([old.element_id, properties | {"created": old.properties["created"]}])
        for old in existing.values():
            _note(draft, one, old, removed=True)
            removed.append(old.element_id)
    _create(draft, created)
    _change(draft, changed)
    _remove(draft, removed)
    await_providers(draft, dependents, providers)


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


def _create(draft: Draft, relationships: Mapping[int, list[list[Any]]]) -> None:
    """Create relationships, given by the number of the dependent as provider's number, type, properties."""
    if not relationships:
        return
    draft.created()
    (made,) = draft.run(
        """
        UNWIND $rows AS row
        MATCH (dependent:CI {no: row[0]})
        UNWIND row[1] AS new
        MATCH (provider:CI {no: new[0]})
        CREATE (dependent)-[relationship:$(new[1])]->(provider)
        SET relationship = new[2]
        RETURN count(CASE WHEN provider:CI THEN 1 END) AS count
        """,
        rows=[list(row) for row in relationships.items()],
    )
    if made["count"] != sum(map(len, relationships.values())):
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
