"""What an observation makes of the record that is there."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import cast

from cmdb.reconciliation.evaluation import Record
from cmdb.reconciliation.observation import GROUP_TERMS, Observation, Relation, relation_identity
from cmdb.reconciliation.records import attributes_text


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
