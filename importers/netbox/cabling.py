"""Follows cables from port to port, through patch panels and circuits."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from cmdb.reconciliation import Relation
from importers.netbox.inventory import Inventory, native, relation
from importers.netbox.models import Key, Row

POWER = ("powerport", "poweroutlet", "powerfeed")


@dataclass(frozen=True, slots=True)
class Path:
    """The device or circuit at the end of a way, and the panels and circuits that it crosses."""

    end: Key
    crosses: tuple[Key, ...]


class Cabling:
    """The cables that are connected."""

    def __init__(self, inventory: Inventory) -> None:
        self._inventory = inventory
        self._links: dict[Key, list[Key]] = defaultdict(list)
        self._positions = {
            (row.get("rear_port"), row.get("rear_port_position")): ("frontport", row["id"])
            for row in inventory.rows("frontport")
        }
        self._sides = {
            (row.get("circuit"), row.get("term_side")): ("circuittermination", row["id"])
            for row in inventory.rows("circuittermination")
        }
        for cable in _connected(inventory):
            for a in cable.get("a", ()):
                for b in cable.get("b", ()):
                    self._links[a].append(b)
                    self._links[b].append(a)

    def across(self, port: Key) -> list[Key]:
        """The ports at the other end of a port's cable."""
        return self._links.get(port, [])

    def paths(self, port: Key) -> Iterator[Path]:
        """The ways from an interface to other devices' interfaces, or to circuits that end there."""
        todo: list[tuple[Key, tuple[int, ...], tuple[Key, ...]]] = [(port, (), ())]
        seen = set()
        while todo:
            near, positions, crossed = todo.pop()
            for far in self.across(near):
                if (far, positions) in seen:
                    continue
                seen.add((far, positions))
                holder = self.holder(far)
                if far[0] == "interface" and holder:
                    yield Path(holder, crossed)
                elif onward := self._onward(far, positions):
                    todo.append((*onward, (*crossed, holder) if holder else crossed))
                elif far[0] == "circuittermination" and holder:
                    yield Path(holder, crossed)

    def holder(self, port: Key) -> Key | None:
        """The device or circuit that a port is a part of."""
        row = self._inventory.get(*port)
        field = "circuit" if port[0] == "circuittermination" else "device"
        return (field, row[field]) if row.get(field) is not None else None

    def _onward(self, far: Key, positions: tuple[int, ...]) -> tuple[Key, tuple[int, ...]] | None:
        """Where the way goes on within a panel or circuit, and the positions it holds from then."""
        row = self._inventory.get(*far)
        if far[0] == "frontport" and row.get("rear_port") is not None:
            return ("rearport", row["rear_port"]), (*positions, row.get("rear_port_position") or 1)
        if far[0] == "rearport":
            front = self._positions.get((far[1], positions[-1] if positions else 1))
            return (front, positions[:-1]) if front else None
        if far[0] == "circuittermination":
            other = self._sides.get((row.get("circuit"), "Z" if row.get("term_side") == "A" else "A"))
            return (other, positions) if other and self.across(other) else None
        return None


def joined(inventory: Inventory, cabling: Cabling) -> dict[str, list[Relation]]:
    """What is linked to what by the cables that carry data, by the thing at end A."""
    found: dict[str, dict[str, Relation]] = defaultdict(dict)
    for cable in _connected(inventory):
        for a in cable.get("a", ()):
            for b in cable.get("b", ()):
                near, far = _end(cabling, a), _end(cabling, b)
                if near and far and near != far:
                    found[native(near)].setdefault(native(far), relation("linked_to", far))
    return {near: list(ends.values()) for near, ends in found.items()}


def _end(cabling: Cabling, port: Key) -> Key | None:
    if port[0] in POWER:
        return None
    return port if port[0] == "interface" else cabling.holder(port)


def _connected(inventory: Inventory) -> Iterator[Row]:
    return (row for row in inventory.rows("cable") if row.get("status") in (None, "connected"))
