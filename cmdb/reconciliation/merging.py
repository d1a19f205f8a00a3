"""What an observation makes of the record that is there."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import cast

from cmdb.reconciliation.evaluation import Record
from cmdb.reconciliation.observation import GROUP_TERMS, Observation, Relation, relation_identity
from cmdb.reconciliation.records import attributes_text

Identity = tuple[str, str, str]
"""Type, end and group of a relation."""


class Outcome(StrEnum):
    """What a sighting did to one thing that a record says."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Effect:
    """What a sighting did: to the attributes, None where it gave none, and to how many relations.

    `lost` are relations that the source no longer tells of and has put nothing in the place of; `number`
    is that of the record.
    """

    attributes: Outcome | None
    relations: Mapping[Outcome, int]
    lost: tuple[Identity, ...] = ()
    number: int = 0


def merged(old: Record, observation: Observation, observed_at: str) -> tuple[Record, Effect]:
    """The record after the observation, and what that did; an older view changes nothing.

    Relations that are lost stay: only the end of a complete run tells that they are gone.
    """
    if _outranked(old, observation, observed_at):
        return _there(old), Effect(*_unchanged(observation))
    record = _there(old)
    attributes = None
    if observation.attributes is not None:
        record = _described(record, observation, observed_at)
        attributes = _outcome(attributes_text(old.attributes), attributes_text(record.attributes))
    lost: tuple[Identity, ...] = ()
    told: Counter[Outcome] = Counter()
    if observation.relations is not None:
        known = {relation_identity(r): r for r in old.relations}
        relations, lost = _related(known, observation)
        told = Counter(_outcome(known.get(relation_identity(r)), r) for r in observation.relations)
        if gone := known.keys() - {relation_identity(r) for r in relations}:
            told[Outcome.WITHDRAWN] = len(gone)
        record = replace(record, relations=relations)
    if record != old:
        record = replace(record, observed_at=max(observed_at, old.observed_at))
    return record, Effect(attributes, told, lost)


def _outranked(old: Record, observation: Observation, observed_at: str) -> bool:
    """Whether the source has said more, or later: to refer to a thing is less than to describe it."""
    if old.attributes is not None and old.mentioned != observation.mentioned:
        return observation.mentioned
    return observed_at < old.observed_at


def _there(old: Record) -> Record:
    return replace(old, missing_since="", withdrawn=False, stale=False)


def _unchanged(observation: Observation) -> tuple[Outcome | None, Counter[Outcome]]:
    attributes = None if observation.attributes is None else Outcome.UNCHANGED
    return attributes, Counter({Outcome.UNCHANGED: len(observation.relations or ())})


def _described(record: Record, observation: Observation, observed_at: str) -> Record:
    """The record with the attributes observed; of two views of the same moment, the greater one counts."""
    told, known = attributes_text(observation.attributes) or "", attributes_text(record.attributes) or ""
    if observed_at == record.observed_at and told < known:
        return record
    return replace(
        record,
        attributes=record.attributes if told == known else observation.attributes,
        within=observation.within,
        mentioned=observation.mentioned,
    )


def _outcome(before: object, after: object) -> Outcome:
    if before is None:
        return Outcome.CREATED
    return Outcome.UNCHANGED if before == after else Outcome.CHANGED


def _related(
    known: Mapping[Identity, Relation], observation: Observation
) -> tuple[tuple[Relation, ...], tuple[Identity, ...]]:
    """The relations after the observation, those that are lost among them, and which these are."""
    told = observation.relations or ()
    if observation.adds:
        return united(known.values(), told), ()
    arrived = Counter((type_, group) for type_, _, group in map(relation_identity, told) if known)
    arrived.subtract((r["type"], r.get("group", "")) for r in told if relation_identity(r) in known)
    now = {relation_identity(relation) for relation in told}
    lost = []
    for identity in sorted(known.keys() - now):
        place = identity[0], identity[2]
        if arrived[place] > 0:
            arrived[place] -= 1
        else:
            lost.append(identity)
    return united([known[identity] for identity in lost], told), tuple(lost)


def united(old: Iterable[Relation], new: Sequence[Relation]) -> tuple[Relation, ...]:
    """Old relations and new ones, which also state the terms of their groups."""
    relations = {relation_identity(relation): relation for relation in old}
    groups = {group: relation for relation in new if (group := relation.get("group"))}
    for identity, relation in relations.items():
        if stated := groups.get(relation.get("group", "")):
            relations[identity] = _with_terms_of(relation, stated)
    relations.update((relation_identity(relation), relation) for relation in new)
    return tuple(sorted(relations.values(), key=relation_identity))


def _with_terms_of(relation: Relation, stated: Relation) -> Relation:
    own = {key: value for key, value in relation.items() if key not in GROUP_TERMS}
    shared = {key: value for key, value in stated.items() if key in GROUP_TERMS}
    return cast(Relation, own | shared)
