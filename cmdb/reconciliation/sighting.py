"""Takes in what sources see: writes their records, and settles the CIs that these describe."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, cast

from uuid_utils import uuid7

from cmdb.catalogue import Catalogue
from cmdb.history import Draft
from cmdb.reconciliation.evaluation import Record
from cmdb.reconciliation.identifiers import claim, identifiers
from cmdb.reconciliation.observation import (
    GROUP_TERMS,
    MANUAL,
    Observation,
    Relation,
    relation_identity,
    source_key,
)
from cmdb.reconciliation.records import (
    Known,
    attributes_text,
    change_records,
    lock_records,
    record_properties,
)
from cmdb.reconciliation.settlement import labels, settle


class Outcome(StrEnum):
    """What a sighting did to one thing that a record says."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Effect:
    """What a sighting did: to the attributes, None where it gave none, and to how many relations."""

    attributes: Outcome | None
    relations: Mapping[Outcome, int]


@dataclass(frozen=True, slots=True)
class View:
    """Whose view it is and from when; together with a native id it identifies a record."""

    source: str
    scope: str
    observed_at: str

    def key(self, native_id: str) -> str:
        """The key of the record for this thing."""
        return source_key(self.source, self.scope, native_id)


def manual_view() -> View:
    """What people say, now."""
    return View(MANUAL, "", datetime.now(UTC).isoformat())


@dataclass(frozen=True, slots=True)
class Sighting:
    """An observation that has been checked; `values` are those of the CI it would create."""

    observation: Observation
    values: Mapping[str, Any] | None


def merged(old: Record, observation: Observation) -> Record:
    """The record after the observation: attributes replaced where given, relations added."""
    record = old
    if observation.attributes is not None:
        record = replace(record, attributes=observation.attributes)
    if observation.relations:
        record = replace(record, relations=united(old.relations, observation.relations))
    return record


def united(old: Iterable[Relation], new: Sequence[Relation]) -> tuple[Relation, ...]:
    """Old relations and new ones, which also state the terms of their groups."""
    relations = {relation_identity(relation): relation for relation in old}
    groups = {group: relation for relation in new if (group := relation.get("group"))}
    for identity, relation in relations.items():
        if stated := groups.get(relation.get("group", "")):
            relations[identity] = _with_terms_of(relation, stated)
    relations.update((relation_identity(relation), relation) for relation in new)
    return tuple(relations.values())


def _with_terms_of(relation: Relation, stated: Relation) -> Relation:
    own = {key: value for key, value in relation.items() if key not in GROUP_TERMS}
    shared = {key: value for key, value in stated.items() if key in GROUP_TERMS}
    return cast(Relation, own | shared)


def take_in(draft: Draft, catalogue: Catalogue, view: View, sightings: Sequence[Sighting]) -> list[Effect]:
    """Write the records of these sightings and settle what follows; native ids must differ.

    Returns the effect of each.
    """
    known = lock_records(draft, (view.key(s.observation.native_id) for s in sightings))
    batch = _Batch(view)
    effects = [
        batch.add(sighting, known.get(view.key(sighting.observation.native_id))) for sighting in sightings
    ]
    batch.write(draft, catalogue)
    return effects


def effect(old: Record | None, observation: Observation) -> Effect:
    """What an observation does to the record that is there."""
    attributes = None
    if observation.attributes is not None:
        before = attributes_text(old.attributes) if old else None
        attributes = _outcome(before, attributes_text(observation.attributes))
    known = {relation_identity(r): r for r in old.relations} if old else {}
    return Effect(
        attributes,
        Counter(_outcome(known.get(relation_identity(r)), r) for r in observation.relations),
    )


def _outcome(before: object, after: object) -> Outcome:
    if before is None:
        return Outcome.CREATED
    return Outcome.UNCHANGED if before == after else Outcome.CHANGED


class _Batch:
    """The writes that a number of sightings call for."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._new: list[tuple[Record, Mapping[str, Any]]] = []
        self._pending: list[Record] = []
        self._adopted: list[tuple[Record, Mapping[str, Any]]] = []
        self._changes: list[tuple[Mapping[str, Any], Record]] = []
        self._attributes_of: set[str] = set()
        self._relations_of: set[str] = set()

    def add(self, sighting: Sighting, known: Known | None) -> Effect:
        seen = effect(known.record if known else None, sighting.observation)
        if known is None:
            self._create(sighting)
        elif {seen.attributes, *seen.relations} & {Outcome.CREATED, Outcome.CHANGED}:
            self._change(sighting, known, seen)
        return seen

    def _create(self, sighting: Sighting) -> None:
        view, native_id = self._view, sighting.observation.native_id
        empty = Record(view.key(native_id), view.source, view.scope, native_id, view.observed_at)
        record = merged(empty, sighting.observation)
        if sighting.values is None:
            self._pending.append(record)
        else:
            self._new.append((record, sighting.values))

    def _change(self, sighting: Sighting, known: Known, seen: Effect) -> None:
        record = replace(merged(known.record, sighting.observation), observed_at=self._view.observed_at)
        self._changes.append((known.properties, record))
        if known.ci is None:
            if sighting.values is not None:
                self._adopted.append((record, sighting.values))
            return
        if seen.attributes not in (None, Outcome.UNCHANGED):
            self._attributes_of.add(known.ci)
        if seen.relations.keys() - {Outcome.UNCHANGED}:
            self._relations_of.add(known.ci)

    def write(self, draft: Draft, catalogue: Catalogue) -> None:
        change_records(draft, self._changes)
        created = create_cis(draft, catalogue, self._new, known=False)
        adopted = create_cis(draft, catalogue, self._adopted, known=True)
        _create_pending(draft, self._pending)
        related = {
            id_
            for (record, _), id_ in zip([*self._new, *self._adopted], [*created, *adopted], strict=True)
            if record.relations
        }
        settle(draft, catalogue, self._attributes_of, self._relations_of | related, adopted)


def create_cis(
    draft: Draft,
    catalogue: Catalogue,
    described: Sequence[tuple[Record, Mapping[str, Any]]],
    known: bool,
) -> list[str]:
    """Create a CI with these values for each record, and the record too unless it is known already.

    Returns the ids of the CIs.
    """
    if not described:
        return []
    draft.created()
    ids = [record.native_id if record.source == MANUAL else str(uuid7()) for record, _ in described]
    numbers = draft.ci_numbers(len(described))
    rows = [
        {
            "record": record_properties(record) | {"created": draft.id},
            "ci": {**values, "id": id_, "no": no, "created": draft.id, "revision": draft.id},
            "labels": labels(catalogue, values),
        }
        for (record, values), id_, no in zip(described, ids, numbers, strict=True)
    ]
    draft.run(ADOPT if known else CREATE, rows=rows)
    claims = {
        id_: keys
        for (_, values), id_ in zip(described, ids, strict=True)
        if (keys := identifiers(catalogue, values["class"], values))
    }
    claim(draft, claims)
    return ids


CREATE = """
    UNWIND $rows AS row
    CREATE (ci:$(row.labels)) SET ci = row.ci
    CREATE (record:SourceRecord) SET record = row.record
    CREATE (record)-[:DESCRIBES]->(ci)
"""

ADOPT = """
    UNWIND $rows AS row
    MATCH (record:SourceRecord {key: row.record.key})
    REMOVE record:Pending
    CREATE (ci:$(row.labels)) SET ci = row.ci
    CREATE (record)-[:DESCRIBES]->(ci)
"""


def _create_pending(draft: Draft, records: Iterable[Record]) -> None:
    rows = [record_properties(record) | {"created": draft.id} for record in records]
    if rows:
        draft.created()
        draft.run(
            "UNWIND $rows AS row CREATE (record:SourceRecord:Pending) SET record = row",
            rows=rows,
        )
