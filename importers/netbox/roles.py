"""Which class a device is, and how near the core of the network it stands."""

import re
from collections.abc import Mapping
from typing import TypeVar

from cmdb.errors import InvalidInput
from importers.netbox.inventory import Inventory
from importers.netbox.models import Row

T = TypeVar("T")

CLASSES = {
    "panel": "network_device",
    "pdu": "power_unit",
    "ups": "power_unit",
    "generator": "power_unit",
    "power": "power_unit",
    "crac": "cooling_unit",
    "cooling": "cooling_unit",
    "console server": "network_device",
    "terminal server": "network_device",
    "switch": "switch",
    "sw": "switch",
    "leaf": "switch",
    "spine": "switch",
    "tor": "switch",
    "load balancer": "load_balancer",
    "adc": "load_balancer",
    "firewall": "firewall",
    "fw": "firewall",
    "router": "router",
    "rtr": "router",
    "gateway": "router",
    "cpe": "router",
    "sd wan": "router",
    "sdwan": "router",
    "vpn": "router",
    "access point": "access_point",
    "ap": "access_point",
    "printer": "printer",
    "storage": "storage_array",
    "array": "storage_array",
    "san": "storage_array",
    "nas": "storage_array",
    "hypervisor": "hypervisor",
    "esxi": "hypervisor",
    "proxmox": "hypervisor",
    "mainframe": "mainframe",
    "workstation": "workstation",
    "server": "physical_server",
    "host": "physical_server",
    "compute": "physical_server",
    "blade": "physical_server",
    "node": "physical_server",
}
"""Words of a role, or else of a device type → class; the first that occurs counts."""

OTHER = "network_device"
"""What tells nothing by its role or type."""

TIERS = {"router": 1, "firewall": 2, "switch": 6, "load_balancer": 6, "access_point": 8}
"""Class → its place in order: without a core, the way out comes first."""
LAYERS = {
    "switch": {
        "super spine": 3,
        "core": 3,
        "backbone": 3,
        "spine": 4,
        "distribution": 5,
        "aggregation": 5,
        "access": 7,
    },
    "router": {"core": 3, "backbone": 3},
}
"""Class → words of a role that place it better."""
CORE = (3, 4, 5)
"""Places in which a device is the core of its local network, which stands without its way out."""
EDGE = ("router", "firewall")
"""Classes that stand between a local network and the way out, unless they are its core."""
OUTERMOST = 9
"""Servers, storage and whatever else is no part of the way."""

POWER_KINDS = ("pdu", "ups", "generator")


def parse_roles(text: str) -> dict[str, str]:
    """Parse `slug=class,slug=class`. Raises InvalidInput where it is not that."""
    pairs = [pair.strip() for pair in text.split(",") if pair.strip()]
    if wrong := [pair for pair in pairs if not re.fullmatch(r"[\w-]+=[a-z_]+", pair)]:
        raise InvalidInput(f"roles: {wrong[0]!r} is not slug=class, such as camera=workstation.")
    return dict(pair.split("=") for pair in pairs)


class Roles:
    """What the role and type of a device say; roles that a person named come first."""

    def __init__(self, inventory: Inventory, told: Mapping[str, str]) -> None:
        self._inventory = inventory
        self._told = told

    def class_of(self, device: Row) -> str:
        """The class of a device. A server that is a member of a cluster is a hypervisor."""
        role = self._inventory.get("devicerole", device.get("role"))
        found = self._told.get(role.get("slug", "")) or _first(self.role_text(device), CLASSES)
        found = found or _first(self._type_text(device), CLASSES) or OTHER
        return "hypervisor" if found == "physical_server" and device.get("cluster") is not None else found

    def tier_of(self, device: Row) -> int:
        """Its place in order, the nearest to the core first."""
        class_ = self.class_of(device)
        layer = _first(self.role_text(device), LAYERS.get(class_, {}))
        return layer or TIERS.get(class_, OUTERMOST)

    def is_passive(self, device: Row) -> bool:
        """Whether it only joins cables."""
        return "panel" in _words(f"{self.role_text(device)} {self._type_text(device)}")

    def power_kind(self, device: Row) -> str:
        """What kind of power unit it is."""
        words = _words(f"{self.role_text(device)} {self._type_text(device)}")
        return next((kind for kind in POWER_KINDS if kind in words), "")

    def role_text(self, device: Row) -> str:
        """The role as people call it."""
        return self._inventory.name("devicerole", device.get("role"))

    def _type_text(self, device: Row) -> str:
        return str(self._inventory.get("devicetype", device.get("device_type")).get("model", ""))


def _first(text: str, table: Mapping[str, T]) -> T | None:
    words = _words(text)
    return next((value for phrase, value in table.items() if words.issuperset(phrase.split())), None)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", text.lower()))
