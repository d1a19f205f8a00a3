"""Brings the relationships of CIs in line with what their records say they depend on."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from cmdb.catalogue import Catalogue
from cmdb.database import LostRace
from cmdb.history import Draft, Kind, relationship_subject
from cmdb.reconciliation.awaiting import await_providers
from cmdb.reconciliation.dependents import Dependent, Existing, lock_dependents
from cmdb.reconciliation.evaluation import Dependency, evaluate_relations
from cmdb.reconciliation.providers import Providers, resolve

Properties = Mapping[str, Any]


def settle_dependencies(draft: Draft, catalogue: Catalogue, ids: Collection[str]) -> None:
    """Create, change and remove relationships of the CIs (by id) until they say what the records state."""
    if not ids:
        return
    dependents = lock_dependents(draft, ids)
    providers = resolve(draft, [record for one in dependents for record in one.records])
    differences = _Differences(draft, catalogue, providers)
    for one in dependents:
        differences.add(one, evaluate_relations(catalogue, one.records, providers.ids) if one.current else [])
    differences.write()
    await_providers(draft, dependents, providers)


class _Differences:
    """What is to be created, changed and removed."""

    def __init__(self, draft: Draft, catalogue: Catalogue, providers: Providers) -> None:
        self._draft = draft
        self._catalogue = catalogue
        self._providers = providers
        self._created: dict[int, list[list[Any]]] = {}
        """Number of the dependent → number of the provider, type and properties."""
        self._changed: list[list[Any]] = []
        self._removed: list[str] = []

    def add(self, dependent: Dependent, wanted: Iterable[Dependency]) -> None:
        """Compare the relationships of a dependent to those it should have."""
        existing = {relationship.identity: relationship for relationship in dependent.existing}
        for dependency in wanted:
            if dependency.provider == dependent.id:  # nothing depends on itself, whatever a source says
                continue
            type_ = self._catalogue.relationship(dependency.type).type
            properties = {**dependency.terms, "sources": list(dependency.sources)}
            if old := existing.pop((type_, *dependency.identity[1:]), None):
                self._change(dependent, old, properties)
            else:
                self._create(dependent, dependency.provider, type_, properties)
        for old in existing.values():
            self._remove(dependent, old)

    def _create(self, dependent: Dependent, provider: str, type_: str, properties: Properties) -> None:
        new = [self._providers.numbers[provider], type_, {**properties, "created": self._draft.id}]
        self._created.setdefault(dependent.no, []).append(new)

    def _change(self, dependent: Dependent, old: Existing, properties: Properties) -> None:
        wanted = {**properties, "created": old.properties["created"]}
        if wanted != old.properties:
            self._draft.changed(Kind.RELATIONSHIP, *_before(dependent, old))
            self._changed.append([old.element_id, wanted])

    def _remove(self, dependent: Dependent, old: Existing) -> None:
        self._draft.changed(Kind.RELATIONSHIP, *_before(dependent, old), removed=True)
        self._removed.append(old.element_id)

    def write(self) -> None:
        """Write them all."""
        if self._created:
            self._draft.created()
            _create(self._draft, self._created)
        if self._changed:
            self._draft.run(CHANGE, rows=self._changed)
        if self._removed:
            self._draft.run(REMOVE, ids=self._removed)


def _before(dependent: Dependent, old: Existing) -> tuple[str, Properties]:
    subject = relationship_subject(dependent.id, old.type, old.provider, old.properties.get("group"))
    ends = {"dependent_no": dependent.no, "type": old.type, "provider_no": old.provider_no}
    return subject, {**old.properties, **ends}


def _create(draft: Draft, relationships: Mapping[int, list[list[Any]]]) -> None:
    (made,) = draft.run(CREATE, rows=[list(row) for row in relationships.items()])
    if made["count"] != sum(map(len, relationships.values())):
        raise LostRace("a provider was retired meanwhile")


CREATE = """
    UNWIND $rows AS row
    MATCH (dependent:CI {no: row[0]})
    UNWIND row[1] AS new
    MATCH (provider:CI {no: new[0]})
    CREATE (dependent)-[relationship:$(new[1])]->(provider)
    SET relationship = new[2]
    RETURN count(CASE WHEN provider:CI THEN 1 END) AS count
"""

CHANGE = """
    UNWIND $rows AS row
    MATCH ()-[relationship]->() WHERE elementId(relationship) = row[0]
    SET relationship = row[1]
"""

REMOVE = """
    UNWIND $ids AS id
    MATCH ()-[relationship]->() WHERE elementId(relationship) = id
    DELETE relationship
"""
