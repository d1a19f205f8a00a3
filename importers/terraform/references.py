"""Dependencies that a state knows and no table tells: by order of making, and by identifiers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from cmdb.reconciliation import Relation
from importers.cloud import Estate, Resource
from importers.cloud.paths import strings
from importers.terraform.states import Instance

MOST_INSTANCES = 20
"""Beyond these, that all were made before tells nothing of any."""


def add_references(estate: Estate, instances: Iterable[Instance], things: Mapping[str, Resource]) -> None:
    """Add, as soft, what a thing refers to and no relation leads to yet.

    Terraform says that one was made after another: that it uses it, not how badly. `things` are the
    instances that the tables know, by address.
    """
    making = _Making(instances, things)
    for address, thing in things.items():
        referred = [[one.native_id] for text in _texts(thing) if (one := estate.directory.by_id(text))]
        for providers in [*making.providers(address), *referred]:
            if not _is_led_to(estate, thing.native_id, providers):
                _add(estate, thing.native_id, sorted(set(providers)))


class _Making:
    """In which order things were made, across what is none."""

    def __init__(self, instances: Iterable[Instance], things: Mapping[str, Resource]) -> None:
        self._things = things
        self._instances = {one.address: one for one in instances}
        self._needs: dict[str, set[str]] = defaultdict(set)
        self._of_resource: dict[str, list[Instance]] = defaultdict(list)
        self._by_key: dict[tuple[str, str], dict[str, Instance]] = defaultdict(dict)
        for one in self._instances.values():
            self._needs[one.resource] |= set(one.needs)
            self._of_resource[one.resource].append(one)
            self._by_key[one.resource, one.module][_key(one)] = one

    def providers(self, address: str) -> Iterator[list[str]]:
        """For each resource that it was made after directly, the native ids of its instances."""
        instance = self._instances[address]
        told = self._reached(instance.needs)
        inner = {need for one in told for need in self._needs[one]}
        for resource in sorted(told - inner - {instance.resource}):
            made = self._meant(instance, resource)
            if len(made) <= MOST_INSTANCES:
                yield [self._things[one.address].native_id for one in made]

    def _meant(self, instance: Instance, resource: str) -> list[Instance]:
        """The instances in the same instance of a module; where both are as many, its counterpart."""
        made = self._by_key[resource, instance.module]
        counterpart = made.get(_key(instance))
        if counterpart and len(made) == len(self._by_key[instance.resource, instance.module]):
            return [counterpart]
        return list(made.values()) or self._of_resource[resource]

    def _reached(self, needs: Iterable[str]) -> set[str]:
        """The things among the resources needed, or behind those that are none."""
        things, seen, open_ = set(), set(needs), list(needs)
        while open_:
            resource = open_.pop()
            if any(one.address in self._things for one in self._of_resource[resource]):
                things.add(resource)
                continue
            fresh = self._needs[resource] - seen
            seen |= fresh
            open_ += fresh
        return things


def _key(instance: Instance) -> str:
    return instance.address[len(instance.module) :].partition("[")[2]


def _texts(thing: Resource) -> Iterable[str]:
    return dict.fromkeys(strings(thing.values))


def _is_led_to(estate: Estate, dependent: str, providers: list[str]) -> bool:
    """Whether relations lead to one of them already, or back from one."""
    reached = _reached_from(estate, dependent)
    return any(one in reached or dependent in _reached_from(estate, one) for one in providers)


def _reached_from(estate: Estate, start: str) -> set[str]:
    reached, open_ = {start}, [start]
    while open_:
        for relation in estate.relations.get(open_.pop(), {}).values():
            if relation["to"] not in reached:
                reached.add(relation["to"])
                open_.append(relation["to"])
    return reached


def _add(estate: Estate, dependent: str, providers: list[str]) -> None:
    for provider in providers:
        relation = Relation(type="depends_on", to=provider, strength="soft")
        if len(providers) > 1:
            relation |= Relation(group=f"any of {providers[0]}", need=1, assumed=True)
        estate.add(dependent, relation)
