"""Which way the core of the network lies: what a device connects to, and what connects to it."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from importers.netbox.cabling import Cabling, Path
from importers.netbox.inventory import Inventory, reference
from importers.netbox.models import Key
from importers.netbox.roles import CORE, EDGE, OUTERMOST, Roles

ETHERNET = "uplinks"
MEDIA = {"gfc-": "fabric", "infiniband-": "infiniband"}
"""Part of an interface's type, such as 32gfc-sfp28 → the group of its ways; any other is Ethernet."""

UNKNOWN = 1_000
"""More steps beyond a core than any device that reaches one."""


class Ways:
    """The ways between devices, and how far from the core each device stands."""

    def __init__(self, inventory: Inventory, roles: Roles, cabling: Cabling) -> None:
        self._inventory = inventory
        self._cabling = cabling
        self._paths = self._all_paths()
        self._tiers = {("device", row["id"]): roles.tier_of(row) for row in inventory.rows("device")}
        self._edge = {
            ("device", row["id"]) for row in inventory.rows("device") if roles.class_of(row) in EDGE
        } - {device for device, tier in self._tiers.items() if tier in CORE}
        self._beyond = self._steps_beyond()

    def inward(self, device: Key) -> dict[str, list[Path]]:
        """The ways towards the core or, where there is none, towards the way out; by medium."""
        here = self._place(device)
        return {
            medium: [path for path in paths if self._is_nearer(path.end, here)]
            for medium, paths in self._paths[device].items()
        }

    def is_beyond_core(self, device: Key) -> bool:
        """Whether it reaches a core, but is no part of its local network."""
        return 0 < self._beyond.get(device, UNKNOWN) < UNKNOWN

    def _is_nearer(self, end: Key, here: tuple[int, int]) -> bool:
        return here[0] > 0 if end[0] == "circuit" else self._place(end) < here

    def _place(self, device: Key) -> tuple[int, int]:
        """Steps beyond the local network of a core, then the tier where that is what counts."""
        steps, tier = self._beyond.get(device, UNKNOWN), self._tiers.get(device, OUTERMOST)
        return steps, 0 if 0 < steps < UNKNOWN else tier

    def _steps_beyond(self) -> dict[Key, int]:
        """0 within a local network that has a core, then one more for each device on the way out."""
        network = {device for device, tier in self._tiers.items() if tier < OUTERMOST}
        local = network - self._edge
        found = dict.fromkeys((device for device in local if self._tiers[device] in CORE), 0)
        self._spread(found, local, lambda steps: steps)
        self._spread(found, network, lambda steps: steps + 1)
        return found

    def _spread(self, found: dict[Key, int], among: Iterable[Key], step: Callable[[int], int]) -> None:
        """Reach those that have a way to what is reached, nearest first."""
        neighbours: dict[Key, list[Key]] = defaultdict(list)
        for device in among:
            for path in self._paths[device].get(ETHERNET, ()):
                neighbours[path.end].append(device)
        todo = list(found)
        for end in todo:
            for device in neighbours[end]:
                if device not in found:
                    found[device] = step(found[end])
                    todo.append(device)

    def _all_paths(self) -> dict[Key, dict[str, list[Path]]]:
        """The ways from each device's interfaces by medium, without those for management only."""
        found: dict[Key, dict[str, list[Path]]] = defaultdict(lambda: defaultdict(list))
        for interface in self._inventory.rows("interface"):
            here = reference("device", interface.get("device"))
            if here and not interface.get("mgmt_only"):
                paths = self._cabling.paths(("interface", interface["id"]))
                found[here][_medium(interface.get("type") or "")] += (p for p in paths if p.end != here)
        return found


def _medium(type_: str) -> str:
    return next((medium for part, medium in MEDIA.items() if part in type_), ETHERNET)
