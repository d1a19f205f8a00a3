"""Finds the resource that an identifier, a name or an address means."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from importers.cloud.paths import every
from importers.cloud.resource import Resource, is_cloud_id, normal

_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")
MOST_STEPS = 4
"""How often one resource may stand for another in turn."""


class Directory:
    """Resources by all that they are called."""

    def __init__(self, resources: Iterable[Resource]) -> None:
        self._by_id: dict[str, Resource] = {}
        self._by_name: dict[str, list[Resource]] = defaultdict(list)
        self._by_host: dict[str, list[Resource]] = defaultdict(list)
        for one in resources:
            for name in sorted(one.names):
                if name == one.cloud_id or is_cloud_id(name):
                    self._by_id.setdefault(name, one)
                self._by_name[name].append(one)
            for host in one.hosts if one.shape.becomes else ():
                self._by_host[host].append(one)

    def by_id(self, identifier: str) -> Resource | None:
        """The thing with this identifier, which means the same everywhere."""
        found = self._by_id.get(normal(identifier))
        return found if found and found.shape.becomes else None

    def by_host(self, text: str) -> list[Resource]:
        """The things whose host names or addresses stand in a text.

        A private address may be several machines' and then tells nothing; a name may have several records.
        """
        hosts = (host.lower().removeprefix("dualstack.") for host in _HOST.findall(text))
        found = [self._by_host.get(host, []) for host in hosts]
        return [one for some in found if len(some) == 1 or _are_records(some) for one in some]

    def find(
        self, called: str, wanted: str, near: Resource, steps: int = MOST_STEPS
    ) -> Iterator[Resource | str]:
        """The things meant by an identifier, name or address, or what they are called where nobody has them.

        Of several with that name, the one of the class wanted that is in the same place as `near`.
        """
        found = self._by_id.get(normal(called)) or self._named(normal(called), wanted, near)
        if found is None:
            hosts = self.by_host(called)
            yield from hosts
            if not hosts:
                yield called
            return
        path = found.shape.stands_for.get(wanted)
        if found.shape.becomes and (path is None or found.shape.becomes == wanted):
            yield found
        elif path and steps:
            for value in every(found.values, path):
                yield from self.find(str(value), wanted, found, steps - 1)

    def _named(self, name: str, wanted: str, near: Resource) -> Resource | None:
        called = [one for one in self._by_name.get(name, ()) if _can_be(one, wanted)]
        close = [one for one in called if _together(one, near)]
        return next((some[0] for some in (close, called) if len(some) == 1), None)


def _can_be(resource: Resource, wanted: str) -> bool:
    return resource.shape.becomes == wanted or wanted in resource.shape.stands_for


def _together(one: Resource, other: Resource) -> bool:
    here, there = one.located, other.located
    return (here.account, here.region) == (there.account, there.region)


def _are_records(resources: list[Resource]) -> bool:
    return all(one.shape.becomes == "dns_record" for one in resources)
