"""Devices, stacks, virtual device contexts and interfaces."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from cmdb.reconciliation import Observation, Rejection, Relation
from importers.netbox.dependencies import FACILITY, Dependencies
from importers.netbox.inventory import Inventory, native, redundant, reference, relation
from importers.netbox.models import Key, Row
from importers.netbox.roles import Roles
from importers.netbox.words import Words, bare

RACKED = ("switch", "router", "firewall", "physical_server", "hypervisor", "storage_array", "network_device")
"""Classes that say where in their rack they are."""


class Devices:
    """Turns devices and their parts into observations; `links` are the cables by the thing at end A."""

    def __init__(
        self, words: Words, roles: Roles, needs: Dependencies, links: Mapping[str, list[Relation]]
    ) -> None:
        self._words = words
        self._inventory = words.inventory
        self._roles = roles
        self._needs = needs
        self._links = links
        self._addresses = _addresses(words.inventory)
        self._members = _lag_members(words.inventory)

    def devices(self) -> Iterator[Observation]:
        """Every device."""
        for row in self._inventory.rows("device"):
            class_ = self._roles.class_of(row)
            relations = self._needs.of(row) + self._links.get(native(("device", row["id"])), [])
            within = self._words.place(row) if class_ in FACILITY else None
            yield self._words.observation("device", row, class_, self._facts(row, class_), relations, within)

    def _facts(self, row: Row, class_: str) -> dict[str, Any]:
        facts = self._words.hardware(row) | {"name": self.name(row)}
        if class_ in FACILITY:
            return facts | {"kind": self._roles.power_kind(row)}
        facts |= self._words.host(row) | {"role": self._roles.role_text(row)}
        if class_ in RACKED:
            type_ = self._inventory.get("devicetype", row.get("device_type"))
            facts |= {"rack_position": row.get("position"), "rack_units": type_.get("u_height")}
        if class_ == "switch":
            facts |= {"stack_member": row.get("vc_position")}
        return facts

    def name(self, row: Row) -> str:
        """The name; of a device that has none, its place in the stack, or its type and number."""
        if row.get("name"):
            return str(row["name"])
        if stack := self._inventory.name("virtualchassis", row.get("virtual_chassis")):
            return f"{stack}:{row.get('vc_position') or row['id']}"
        made = self._words.hardware(row)
        kind = " ".join(filter(None, (made["manufacturer"], made["model"])))
        return f"{kind or 'device'} ({row['id']})"

    def stacks(self) -> Iterator[Observation]:
        """Virtual chassis, of whose members one is assumed to be enough."""
        members: dict[int, list[Key]] = defaultdict(list)
        for row in self._inventory.rows("device"):
            if row.get("virtual_chassis") is not None:
                members[row["virtual_chassis"]].append(("device", row["id"]))
        for row in self._inventory.rows("virtualchassis"):
            relations = redundant("composed_of", members[row["id"]], "members")
            master = self._inventory.get("device", row.get("master"))
            facts = {
                "product": "virtual chassis",
                "site": self._inventory.name("site", master.get("site")),
            }
            yield self._words.observation("virtualchassis", row, "cluster", facts, relations)

    def contexts(self) -> Iterator[Observation]:
        """Virtual device contexts, of the class of their device, named after it."""
        for row in self._inventory.rows("virtualdevicecontext"):
            device = self._inventory.get("device", row.get("device"))
            facts = self._words.host(row) | {
                "name": f"{self.name(device)}/{row.get('name')}" if device else row.get("name"),
                "site": self._inventory.name("site", device.get("site")),
                "role": "virtual device context",
            }
            relations = [relation("depends_on", ("device", device["id"]))] if device else []
            class_ = self._roles.class_of(device)
            yield self._words.observation("virtualdevicecontext", row, class_, facts, relations)

    def interfaces(self, model: str, holder_model: str, field: str) -> Iterator[Observation | Rejection]:
        """The interfaces of devices or of virtual machines."""
        for row in self._inventory.rows(model):
            holder = reference(holder_model, row.get(field))
            if holder and self._inventory.has(holder):
                yield self._interface(model, row, holder)
            elif not self._inventory.is_mentioned((model, row["id"])):
                yield Rejection(model, 0, row, f"its {field} {row.get(field)} is not in the source")

    def _interface(self, model: str, row: Row, holder: Key) -> Observation:
        key = model, row["id"]
        facts = {
            "mac_address": row.get("mac_address"),
            "ip_address": self._addresses.get(key),
            "speed_mbps": float(row["speed"]) / 1000 if row.get("speed") else None,
            "kind": row.get("type"),
            "enabled": row.get("enabled"),
        }
        relations = [relation("belongs_to", holder)]
        relations += redundant("composed_of", self._members.get(key, ()), "members")
        if (parent := reference(model, row.get("parent"))) and parent != key:
            relations.append(relation("depends_on", parent))
        relations += self._links.get(native(key), [])
        return self._words.observation(model, row, "network_interface", facts, relations, within=holder)


def _addresses(inventory: Inventory) -> dict[Key, str]:
    """The first address of each interface."""
    found: dict[Key, str] = {}
    for row in inventory.rows("ipaddress"):
        if row.get("assigned_object_id") is not None:
            found.setdefault((row.get("assigned_object_type", ""), row["assigned_object_id"]), bare(row))
    return found


def _lag_members(inventory: Inventory) -> dict[Key, list[Key]]:
    """The members of each link aggregation."""
    found: dict[Key, list[Key]] = defaultdict(list)
    for row in inventory.rows("interface"):
        if row.get("lag") is not None and row["lag"] != row["id"]:
            found["interface", row["lag"]].append(("interface", row["id"]))
    return found
