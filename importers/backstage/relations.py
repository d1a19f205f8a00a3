"""Who depends on whom, from the references of all entities."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cmdb.errors import InvalidInput
from cmdb.reconciliation import Rejection, Relation
from importers.backstage.entities import Entity
from importers.backstage.references import FIELDS, Field, refer, values

Entities = Mapping[str, Entity]
"""By their references."""


def relate(things: Iterable[Entity], entities: Entities) -> tuple[dict[str, list[Relation]], list[Rejection]]:
    """Return the relations of each dependent, and the references that do not fit.

    A provider that is not among the entities may be in another file: the relation awaits it.
    """
    relations: defaultdict[str, dict[tuple[str, str], Relation]] = defaultdict(dict)
    rejected: list[Rejection] = []
    for thing in things:
        for field, value in _said(thing):
            try:
                dependent, provider = _ends(thing, field, value, entities)
            except InvalidInput as error:
                rejected.append(thing.rejection({field.name: value}, str(error)))
            else:
                relations[dependent][field.type, provider] = _relation(field, provider)
    return {key: _grouped(list(found.values())) for key, found in relations.items()}, rejected


def _said(thing: Entity) -> Iterator[tuple[Field, Any]]:
    return ((field, value) for field in FIELDS for value in values(thing.spec, field))


def _ends(thing: Entity, field: Field, value: Any, entities: Entities) -> tuple[str, str]:
    """Dependent and provider. Raises InvalidInput where there can be no relation between them."""
    ours, theirs = thing.reference.entity, refer(thing, field, value).entity
    if ours == theirs:
        raise InvalidInput(f"{field.name} {value!r} is the entity itself")
    if not field.turned:
        return ours, theirs
    if theirs not in entities:
        raise InvalidInput(f"{field.name} {value!r} is not in the catalogue, and so cannot depend on this")
    return theirs, ours


def _relation(field: Field, provider: str) -> Relation:
    relation = Relation(type=field.type, to=provider)
    if field.strength:
        relation["strength"] = field.strength
    return relation


def _grouped(relations: list[Relation]) -> list[Relation]:
    """Of several components that provide one API, one is assumed to be enough."""
    providers = [relation for relation in relations if relation["type"] == "provided_by"]
    if len(providers) > 1:
        for relation in providers:
            relation |= Relation(group="providers", need=1, assumed=True)
    return relations
