"""Reads a Django fixture, as `manage.py dumpdata` writes it."""

from collections import defaultdict
from typing import Any

from cmdb.errors import InvalidInput
from importers.netbox.inventory import Inventory
from importers.netbox.models import ENDPOINTS, RENAMED, TYPES, Key, model_of

LABELS = {f"{endpoint.partition('/')[0]}.{model}": model for model, endpoint in ENDPOINTS.items()}
"""`dcim.site` → `site`."""
LINKING = {
    "dcim.cabletermination": "cabletermination",
    "extras.tag": "tag",
    "extras.taggeditem": "taggeditem",
}
"""What the REST API shows as a part of other objects."""


def is_fixture(document: Any) -> bool:
    """Whether a document is a list of Django's objects."""
    return isinstance(document, list) and any(
        isinstance(one, dict) and "model" in one and isinstance(one.get("fields"), dict) for one in document
    )


def read_fixture(documents: list[Any], place: str) -> Inventory:
    """The inventory of fixtures. Raises InvalidInput where they hold nothing of NetBox."""
    inventory = Inventory()
    for one in (one for document in documents for one in document):
        if not isinstance(one, dict) or not isinstance(one.get("fields"), dict):
            inventory.reject("fixture", {"value": one}, "it is no object with a model and fields")
        elif model := (LABELS | LINKING).get(str(one.get("model"))):
            fields = {
                RENAMED.get(field, field): _plain(field, value) for field, value in one["fields"].items()
            }
            inventory.add(model, {"id": one.get("pk"), **fields})
    if not any(map(inventory.count, ENDPOINTS)) and not inventory.rejected:
        raise InvalidInput(f"{place} holds no object of NetBox; dump the apps dcim, ipam, circuits, …")
    _add_terminations(inventory)
    _add_tags(inventory)
    return inventory


def _plain(field: str, value: Any) -> Any:
    return model_of(value) if field in TYPES and value is not None else value


def _add_terminations(inventory: Inventory) -> None:
    """Give each cable its ends."""
    ends: dict[tuple[int | None, str | None], list[Key]] = defaultdict(list)
    for row in inventory.rows("cabletermination"):
        if (id_ := row.get("termination_id")) is not None:
            ends[row.get("cable"), row.get("cable_end")].append((row.get("termination_type") or "", id_))
    for cable in inventory.rows("cable"):
        cable["a"], cable["b"] = ends[cable["id"], "A"], ends[cable["id"], "B"]


def _add_tags(inventory: Inventory) -> None:
    """Give each object the names of its tags."""
    tags: dict[Key, list[str]] = defaultdict(list)
    for row in inventory.rows("taggeditem"):
        if name := inventory.name("tag", row.get("tag")):
            tags[row.get("object_type") or "", row.get("object_id") or 0].append(name)
    for model in ENDPOINTS:
        for row in inventory.rows(model):
            row["tags"] = sorted(tags.get((model, row["id"]), ()))
