"""What every CI from NetBox says in the same way: status, people, place, names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from cmdb.people import Team
from cmdb.reconciliation import Observation, Relation
from importers.hosts import full_name
from importers.netbox.inventory import Inventory, native, reference, relation
from importers.netbox.models import Key, Row
from importers.shape import without_blanks

STATUS = {
    "active": "operational",
    "available": "operational",
    "connected": "operational",
    "container": "operational",
    "deprecated": "operational",
    "enabled": "operational",
    "reserved": "operational",
    "planned": "planned",
    "provisioning": "planned",
    "staged": "planned",
    "staging": "planned",
    "inventory": "in_stock",
    "decommissioning": "maintenance",
    "deprovisioning": "maintenance",
    "disabled": "maintenance",
    "failed": "maintenance",
    "offline": "maintenance",
    "paused": "maintenance",
    "decommissioned": "retired",
    "retired": "retired",
}
"""Status in NetBox → ours. Other words are an organisation's own; then nothing is said."""

PRIORITIES = ("primary", "secondary", "tertiary")


class Words:
    """Turns rows into observations with all that is common to them."""

    def __init__(self, inventory: Inventory) -> None:
        self.inventory = inventory
        self._contacts = _contacts(inventory)

    def observation(
        self,
        model: str,
        row: Row,
        ci_class: str,
        attributes: dict[str, Any],
        relations: Iterable[Relation] = (),
        within: Key | None = None,
    ) -> Observation:
        """The observation of one row; attributes without a value are left out."""
        key = model, row["id"]
        said = self._custom(row) | self._common(model, row) | {"class": ci_class} | attributes
        return Observation(
            native(key),
            without_blanks(said),
            tuple(relations),
            within=native(within) if within and self.inventory.has(within) else "",
            mentioned=self.inventory.is_mentioned(key),
        )

    def _common(self, model: str, row: Row) -> dict[str, Any]:
        contacts = self._contacts.get((model, row["id"]), [])
        return {
            "name": row.get("name") or row.get("display") or f"{model} {row['id']}",
            "description": row.get("description"),
            "status": STATUS.get(row.get("status") or ""),
            "owner": self.inventory.name("tenant", row.get("tenant")),
            "supported_by": contacts[0][0] if contacts else "",
            "contacts": [text for _, text in contacts],
            "site": self.inventory.name("site", self.site(row)),
            "tags": row.get("tags"),
        }

    def _custom(self, row: Row) -> dict[str, Any]:
        """Plain custom fields, under their own names."""
        fields = row.get("custom_fields")
        if not isinstance(fields, dict):
            return {}
        return {name: value for name, value in fields.items() if isinstance(value, str | int | float)}

    def site(self, row: Row) -> int | None:
        """The site of a row: its own, that of its scope, or that of its location."""
        if row.get("site") is not None:
            return int(row["site"])
        scoped = row.get("scope_id")
        if scoped is not None and row.get("scope_type") == "site":
            return int(scoped)
        return self.inventory.get("location", self.location(row)).get("site")

    def location(self, row: Row) -> int | None:
        """The location of a row, its own or that of its scope."""
        return row.get("scope_id") if row.get("scope_type") == "location" else row.get("location")

    def place(self, row: Row) -> Key | None:
        """The narrowest place that holds it: rack, location or site."""
        return (
            reference("rack", row.get("rack"))
            or reference("location", self.location(row))
            or reference("site", self.site(row))
        )

    def standing(self, row: Row) -> list[Relation]:
        """That it stands in its place."""
        place = self.place(row)
        return [relation("located_in", place)] if place else []

    def hardware(self, row: Row) -> dict[str, Any]:
        """Maker, model and numbers of a thing that can be touched."""
        type_ = self.inventory.get("devicetype", row.get("device_type"))
        return {
            "manufacturer": self.inventory.name("manufacturer", type_.get("manufacturer")),
            "model": type_.get("model"),
            "serial_number": row.get("serial"),
            "asset_tag": row.get("asset_tag"),
        }

    def host(self, row: Row) -> dict[str, Any]:
        """How a device or virtual machine is reached, and its platform."""
        address = self.inventory.get("ipaddress", row.get("primary_ip4") or row.get("primary_ip6"))
        names = (row.get("name") or "", address.get("dns_name") or "")
        return {
            "ip_address": bare(address),
            "fqdn": next(filter(None, map(full_name, names)), ""),
            "os": self.inventory.name("platform", row.get("platform")),
        }


def bare(address: Row) -> str:
    """An IP address without its prefix."""
    return str(address.get("address", "")).partition("/")[0]


def teams(inventory: Inventory) -> Iterator[Team]:
    """Tenants and contacts; of two with one name the contact, who can be reached."""
    found = {row["name"]: Team(row["name"]) for row in inventory.rows("tenant") if row.get("name")}
    for row in inventory.rows("contact"):
        if name := row.get("name"):
            found[name] = Team(name, email=row.get("email") or "", phone=row.get("phone") or "")
    yield from found.values()


def _contacts(inventory: Inventory) -> dict[Key, list[tuple[str, str]]]:
    """Name, and name with role and priority, of the contacts of each object, the first to call first."""
    found: dict[Key, list[tuple[int, str, str]]] = defaultdict(list)
    for row in inventory.rows("contactassignment"):
        name, priority = inventory.name("contact", row.get("contact")), row.get("priority") or PRIORITIES[-1]
        if name and priority in PRIORITIES:
            role = inventory.name("contactrole", row.get("role"))
            text = f"{name} ({', '.join(filter(None, (role, row.get('priority'))))})"
            found[row.get("object_type", ""), row.get("object_id") or 0].append(
                (PRIORITIES.index(priority), name, text)
            )
    return {key: [each[1:] for each in sorted(many, key=lambda one: one[0])] for key, many in found.items()}
