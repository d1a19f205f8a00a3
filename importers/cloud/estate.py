"""Assembles resources into observations: their relations, what they mention, and where they are."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from cmdb.reconciliation import Observation, Rejection, Relation
from cmdb.reconciliation.observation import relation_identity
from importers.cloud.directory import Directory
from importers.cloud.paths import every
from importers.cloud.places import Place
from importers.cloud.resource import Resource, is_cloud_id, normal
from importers.cloud.shape import Link
from importers.cloud.telling import attributes_of, mention_of
from importers.cloud.territory import Territory
from importers.importer import Row


class Estate:
    """All resources of one reading and what they depend on."""

    def __init__(self, resources: Iterable[Resource]) -> None:
        self.resources: dict[str, Resource] = {}
        self._rejected: list[Rejection] = []
        for resource in sorted(resources, key=lambda one: one.mentioned):
            self._take(resource)
        self.directory = Directory(self.resources.values())
        self.relations: dict[str, dict[tuple[str, str, str], Relation]] = defaultdict(dict)
        self._mentions: dict[str, Observation] = {}
        for resource in self.resources.values():
            for link in resource.shape.links:
                self._link(resource, link)

    def add(self, dependent: str, relation: Relation) -> None:
        """Let one thing depend on another, by native ids; what is said twice counts once."""
        if dependent != relation["to"]:
            self.relations[dependent].setdefault(relation_identity(relation), relation)

    def rows(self) -> Iterator[Row]:
        """What there is, whatever holds others first."""
        territory = Territory(self.resources.values())
        for resource in self._things():
            for relation in territory.of(resource):
                self.add(resource.native_id, relation)
        yield from self._rejected
        yield from territory.rows()
        for native_id, mention in self._mentions.items():
            yield self._observation(native_id, mention)
        for thing in _without_shared_names(map(_described, self._things())):
            yield self._observation(thing.native_id, thing)

    def _take(self, resource: Resource) -> None:
        """Keep one description of each thing: whoever manages it is heard first."""
        known = self.resources.setdefault(resource.native_id, resource)
        if known is resource or resource.mentioned or known.values == resource.values:
            return
        reason = f"{resource.native_id} is described in {known.where} already, with other values"
        row = {"kind": resource.kind, "address": resource.address, "where": resource.where}
        self._rejected.append(Rejection(resource.kind, 0, row, reason))

    def _things(self) -> Iterator[Resource]:
        return (one for one in self.resources.values() if one.shape.becomes)

    def _link(self, resource: Resource, link: Link) -> None:
        """Turn one entry of the table into relations."""
        dependents = self._ends(resource, link.of, link.of_class)
        providers = self._ends(resource, link.to, link.to_class)
        for dependent in dependents:
            for provider in providers:
                relation = Relation(type=link.type, to=provider)
                if link.group:
                    relation |= Relation(group=link.group, need=1)
                    if link.assumed:
                        relation["assumed"] = True
                self.add(dependent, relation)

    def _ends(self, resource: Resource, path: str, wanted: str) -> list[str]:
        if not path:
            return [resource.native_id]
        ends = []
        for called in dict.fromkeys(str(value) for value in every(resource.values, path)):
            for found in self.directory.find(called, wanted, resource):
                if isinstance(found, Resource):
                    ends.append(found.native_id)
                elif _is_mentionable(found, wanted):
                    ends.append(self._mention(found, wanted, resource.located))
        return ends

    def _mention(self, called: str, wanted: str, place: Place) -> str:
        native_id, attributes = mention_of(called, wanted, place)
        if native_id not in self.resources:
            self._mentions.setdefault(native_id, Observation(native_id, attributes, mentioned=True))
        return native_id

    def _observation(self, native_id: str, thing: Observation) -> Observation:
        told = self.relations.get(native_id, {}).values()
        return Observation(native_id, thing.attributes, plain_where_alone(told), mentioned=thing.mentioned)


def _is_mentionable(called: str, wanted: str) -> bool:
    """Whether what nobody describes can be told of: a network only by its id, not by the name of a group."""
    return bool(wanted) and (wanted != "network" or is_cloud_id(normal(called)))


def plain_where_alone(relations: Iterable[Relation]) -> tuple[Relation, ...]:
    """The relations in order; one that is alone in its group is plain."""
    told = sorted(relations, key=lambda one: (one["type"], one.get("group", ""), one["to"]))
    sizes = Counter(one.get("group") for one in told)
    plain = [one if sizes[one.get("group")] > 1 else _alone(one) for one in told]
    return tuple({relation_identity(one): one for one in plain}.values())


def _without_shared_names(things: Iterable[Observation]) -> Iterator[Observation]:
    """Without names that several have: `ip-10-0-0-4.ec2.internal` is one in each private network."""
    described = [(one, dict(one.attributes or {})) for one in things]
    names = Counter(told.get("fqdn") for _, told in described)
    for one, told in described:
        if names[told.get("fqdn")] > 1:
            told.pop("fqdn", None)
        yield replace(one, attributes=told)


def _alone(relation: Relation) -> Relation:
    plain = Relation(type=relation["type"], to=relation["to"])
    if strength := relation.get("strength"):
        plain["strength"] = strength
    return plain


def _described(resource: Resource) -> Observation:
    return Observation(resource.native_id, attributes_of(resource), mentioned=resource.mentioned)
