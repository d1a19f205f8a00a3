"""Nodes, the machines behind them, and the zones these stand in."""

from collections.abc import Iterator
from typing import Any

from cmdb.reconciliation import Observation, Relation
from importers.hosts import full_name
from importers.kubernetes.cluster import cluster_id
from importers.kubernetes.inventory import Inventory, Object
from importers.kubernetes.providers import Machine, machine_of
from importers.shape import address, key, known, mappings, text

_NAMES = ("Hostname", "ExternalDNS", "InternalDNS")
PRIVATE = (".internal", ".local", ".localdomain")
"""Ends of names that are given anew in every network, so that they identify no machine."""


def observe_nodes(inventory: Inventory) -> Iterator[Observation]:
    """Each node after its machine, and before these regions and zones, once each."""
    nodes = [(node, machine_of(key(node.body, "spec", "providerID"))) for node in inventory.of("Node")]
    places = [place for node, machine in nodes for place in _places(inventory, node, machine)]
    yield from {place.native_id: place for place in places}.values()
    for node, machine in nodes:
        yield _machine(inventory, node, machine)
        yield _node(inventory, node)


def _node(inventory: Inventory, node: Object) -> Observation:
    attributes = inventory.describe(
        "kubernetes_node",
        node,
        provider_id=text(node.body, "spec", "providerID"),
        kubelet_version=text(node.body, "status", "nodeInfo", "kubeletVersion"),
    )
    relations = (
        Relation(type="runs_on", to=_machine_id(inventory, node)),
        Relation(type="belongs_to", to=cluster_id(inventory)),
    )
    return Observation(inventory.id_of(node), attributes, relations)


def _machine_id(inventory: Inventory, node: Object) -> str:
    return inventory.native_id("Machine", "", node.name)


def _machine(inventory: Inventory, node: Object, machine: Machine) -> Observation:
    attributes: dict[str, Any] = {
        "name": node.name,
        "bios_uuid": text(node.body, "status", "nodeInfo", "systemUUID").lower(),
        "fqdn": _fqdn(node),
        "ip_address": _address(node),
        "os": text(node.body, "status", "nodeInfo", "osImage"),
    } | machine.attributes
    places = _places(inventory, node, machine)
    located = tuple(Relation(type="located_in", to=place.native_id) for place in places[-1:])
    return Observation(
        _machine_id(inventory, node), {"class": machine.class_} | known(attributes), located, mentioned=True
    )


def _addresses(node: Object) -> dict[str, str]:
    told = mappings(node.body, "status", "addresses")
    return {text(one, "type"): text(one, "address") for one in reversed(told)}


def _fqdn(node: Object) -> str:
    told = _addresses(node)
    names = map(full_name, (*(told.get(type_, "") for type_ in _NAMES), node.name))
    return next((name for name in names if name and not name.endswith(PRIVATE)), "")


def _address(node: Object) -> str:
    return address(_addresses(node).get("InternalIP"))


def _places(inventory: Inventory, node: Object, machine: Machine) -> list[Observation]:
    """The region and zone of a machine of a cloud; elsewhere the labels may mean a rack as well as a town."""
    region = key(node.labels, "topology.kubernetes.io/region")
    zone = key(node.labels, "topology.kubernetes.io/zone")
    if not machine.cloud or not region:
        return []
    above = inventory.native_id("Region", "", region)
    shared = {"provider": machine.cloud}
    found = [Observation(above, {"class": "cloud_region", "name": region, **shared}, (), mentioned=True)]
    if zone.startswith(region):  # Azure numbers fault domains where a region has no zones
        attributes = {"class": "availability_zone", "name": zone, **shared}
        if machine.cloud == "gcp":  # the only one of these clouds whose names mean the same to everybody
            attributes["zone_id"] = zone
        within = (Relation(type="located_in", to=above),)
        native_id = inventory.native_id("Zone", "", zone)
        found.append(Observation(native_id, attributes, within, within=above, mentioned=True))
    return found
