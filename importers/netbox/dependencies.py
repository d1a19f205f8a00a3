"""What a device needs: its uplinks, its power, its place."""

from collections import defaultdict
from itertools import chain

from cmdb.reconciliation import Relation
from importers.netbox.cabling import Cabling, Path
from importers.netbox.inventory import redundant, reference, relation
from importers.netbox.models import Key, Row
from importers.netbox.roles import Roles
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
        self._interfaces = self._by_device("interface")
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

    def _uplinks(self, device: Row) -> list[Relation]:
        """The ways towards the core: any one end will do, but what every way crosses is needed."""
        if self._roles.class_of(device) in FACILITY or self._roles.is_passive(device):
            return []
        tier = self._roles.tier_of(device)
        paths = [path for path in self._paths(device) if self._tier(path.end) < tier]
        ends = list(dict.fromkeys(path.end for path in paths))
        crossed = [path.crosses for path in paths]
        shared = [
            key for key in dict.fromkeys(chain.from_iterable(crossed)) if all(key in each for each in crossed)
        ]
        needed = [key for key in shared if key not in ends]
        return (
            redundant("connects_to", ends, "uplinks")
            + [relation("connects_to", key) for key in needed]
            + redundant("connects_to", _alternatives(paths, needed), "carriers")
        )

    def _paths(self, device: Row) -> list[Path]:
        """The ways from its interfaces, without those for management only."""
        here = reference("device", device["id"])
        return [
            path
            for interface in self._interfaces.get(device["id"], ())
            if not interface.get("mgmt_only")
            for path in self._cabling.paths(("interface", interface["id"]))
            if path.end != here
        ]

    def _tier(self, end: Key) -> int:
        return 0 if end[0] == "circuit" else self._roles.tier_of(self._inventory.get(*end) or {"id": end[1]})


def _alternatives(paths: list[Path], needed: list[Key]) -> list[Key]:
    """The circuits of which each way crosses one, where no way does without and none is on all."""
    circuits = [[key for key in path.crosses if key[0] == "circuit"] for path in paths]
    if not all(circuits) or any(key[0] == "circuit" for key in needed):
        return []
    return list(dict.fromkeys(chain.from_iterable(circuits)))
