"""Sites, rooms, racks, and the panels and feeds that power them."""

from collections import defaultdict
from collections.abc import Iterator

from cmdb.reconciliation import Observation
from importers.holding import holders_first
from importers.netbox.inventory import Inventory, native, redundant, reference, relation
from importers.netbox.models import Key, Row
from importers.netbox.words import Words

SIDES = {"primary": "A", "redundant": "B"}


def observe_places(words: Words) -> Iterator[Observation]:
    """All places, those that hold others first."""
    inventory = words.inventory
    for row in inventory.rows("site"):
        yield _site(words, row)
    yield from _rooms(words)
    for row in inventory.rows("powerpanel"):
        facts = {"kind": "panel"}
        yield words.observation(
            "powerpanel", row, "power_unit", facts, words.standing(row), within=words.place(row)
        )
    for row in inventory.rows("powerfeed"):
        yield _feed(words, row)
    feeds = _feeds(inventory)
    for row in inventory.rows("rack"):
        yield _rack(words, row, feeds.get(row["id"], []))


def _site(words: Words, row: Row) -> Observation:
    facts = {
        "code": row.get("slug"),
        "address": row.get("physical_address"),
        "latitude": row.get("latitude"),
        "longitude": row.get("longitude"),
        "time_zone": row.get("time_zone"),
        "region": words.inventory.name("region", row.get("region")),
    }
    return words.observation("site", row, "site", facts)


def _rooms(words: Words) -> Iterator[Observation]:
    rooms = {native(("location", row["id"])): row for row in words.inventory.rows("location")}
    parents = {key: reference("location", row.get("parent")) for key, row in rooms.items()}
    within = {key: native(parent) if parent else "" for key, parent in parents.items()}
    for key, holder in holders_first(within).items():
        row = rooms[key]
        place = parents[key] if holder else reference("site", row.get("site"))
        relations = [relation("located_in", place)] if place else []
        yield words.observation("location", row, "room", {}, relations, within=place)


def _rack(words: Words, row: Row, feeds: list[Key]) -> Observation:
    place = words.place(row)
    facts = words.hardware(row) | {"height_units": row.get("u_height")}
    relations = words.standing(row) + redundant("powered_by", feeds, "power")
    return words.observation("rack", row, "rack", facts, relations, within=place)


def _feeds(inventory: Inventory) -> dict[int, list[Key]]:
    found: dict[int, list[Key]] = defaultdict(list)
    for row in inventory.rows("powerfeed"):
        if row.get("rack") is not None:
            found[row["rack"]].append(("powerfeed", row["id"]))
    return found


def _feed(words: Words, row: Row) -> Observation:
    panel = reference("powerpanel", row.get("power_panel"))
    voltage = abs(float(row.get("voltage") or 0))
    phases = 3**0.5 if row.get("phase") == "three-phase" else 1
    share = float(row.get("max_utilization") or 100) / 100
    facts = {
        "side": SIDES.get(row.get("type") or ""),
        "phase": str(row.get("phase") or "").removesuffix("-phase"),
        "voltage": voltage or None,
        "capacity_w": round(voltage * float(row.get("amperage") or 0) * phases * share) or None,
    }
    relations = [relation("powered_by", panel)] if panel else []
    return words.observation("powerfeed", row, "power_feed", facts, relations, within=panel)
