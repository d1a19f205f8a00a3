"""Turns an inventory into rows."""

from collections.abc import Iterator, Mapping

from importers.importer import Row
from importers.netbox.cabling import Cabling, joined
from importers.netbox.dependencies import Dependencies
from importers.netbox.devices import Devices
from importers.netbox.inventory import Inventory
from importers.netbox.networks import observe_carriers, observe_prefixes, observe_shared_addresses
from importers.netbox.places import observe_places
from importers.netbox.roles import Roles
from importers.netbox.virtual import observe_clusters, observe_machines, observe_services
from importers.netbox.words import Words, teams


def observe(inventory: Inventory, told: Mapping[str, str]) -> Iterator[Row]:
    """All rows, what holds others first; `told` are classes of roles, by slug."""
    words, roles, cabling = Words(inventory), Roles(inventory, told), Cabling(inventory)
    links = joined(inventory, cabling)
    devices = Devices(words, roles, Dependencies(words, roles, cabling), links)
    yield from inventory.gaps
    yield from inventory.rejected
    yield from teams(inventory)
    yield from observe_places(words)
    yield from observe_carriers(words, links)
    yield from devices.devices()
    yield from devices.stacks()
    yield from devices.contexts()
    yield from observe_clusters(words)
    yield from observe_machines(words)
    yield from devices.interfaces("interface", "device", "device")
    yield from devices.interfaces("vminterface", "virtualmachine", "virtual_machine")
    yield from observe_services(words)
    yield from observe_prefixes(words)
    yield from observe_shared_addresses(words)
