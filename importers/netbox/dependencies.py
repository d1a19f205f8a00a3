"""What a device needs: its uplinks, its power, its place."""

from collections import defaultdict

from cmdb.reconciliation import Relation
from importers.netbox.cabling import Cabling
from importers.netbox.inventory import redundant, relation
from importers.netbox.models import Key, Row
from importers.netbox.roles import Roles
from importers.netbox.uplinks import uplinks
from importers.netbox.ways import Ways
from importers.netbox.words import Words

FACILITY = ("power_unit", "cooling_unit")
"""Classes that do their work without the network."""


class Dependencies:
    """Works out what each device depends on."""

    def __init__(self, words: Words, roles: Roles, cabling: Cabling) -> None:
        self._words = words
        self._inventory = words.inventory
        self._roles = roles
        self._cabling = cabling
        self._ways = Ways(words.inventory, roles, cabling)
        self._inlets = self._by_device("powerport")
        self._chassis = {
            row["installed_device"]: ("device", row["device"])
            for row in self._inventory.rows("devicebay")
            if row.get("installed_device") is not None and row.get("device") is not None
        }

    def of(self, device: Row) -> list[Relation]:
        """All relations of a device but cables."""
        chassis = self._chassis.get(device["id"])
        mounted = [relation("depends_on", chassis)] if chassis else []
        return mounted + self._words.standing(device) + self._power(device) + self._uplinks(device)

    def _uplinks(self, device: Row) -> list[Relation]:
        if self._roles.class_of(device) in FACILITY or self._roles.is_passive(device):
            return []
        return uplinks(self._ways, ("device", device["id"]))

    def _by_device(self, model: str) -> dict[int, list[Row]]:
        found: dict[int, list[Row]] = defaultdict(list)
        for row in self._inventory.rows(model):
            if row.get("device") is not None:
                found[row["device"]].append(row)
        return found

    def _power(self, device: Row) -> list[Relation]:
        """The units and feeds that its inlets are plugged into."""
        sources: list[Key] = []
        for inlet in self._inlets.get(device["id"], ()):
            for far in self._cabling.across(("powerport", inlet["id"])):
                source = far if far[0] == "powerfeed" else self._cabling.holder(far)
                if source and source != ("device", device["id"]):
                    sources.append(source)
        return redundant("powered_by", sources, "power")
