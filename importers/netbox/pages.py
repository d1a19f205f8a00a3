"""Takes in objects as the REST API returns them."""

import re
from collections.abc import Iterator
from typing import Any

from cmdb.errors import InvalidInput
from cmdb.reconciliation import Gap
from importers.netbox.inventory import Inventory
from importers.netbox.models import MODELS, RENAMED, TYPES, Key, Row, model_of

ADDRESS = re.compile(r"/api/([a-z]+/[a-z-]+)/\d+/?$")
"""The address of an object, from which its model is known."""


def read_pages(documents: list[Any], place: str) -> Inventory:
    """The inventory of saved pages, lists or single objects. Raises InvalidInput where there is none."""
    inventory = Inventory()
    counts: dict[str, int] = {}
    found = False
    for one in _objects(documents, counts):
        found = True
        if model := _model(one):
            add_object(inventory, model, one)
    if not found:
        raise InvalidInput(
            f"{place} holds no object of NetBox's REST API; save whole pages, such as "
            "/api/dcim/devices/?limit=0."
        )
    for model, count in counts.items():
        if (read := inventory.count(model)) < count:
            inventory.gaps.append(Gap(f"{count - read} of {count} objects of {model}: a page is missing"))
    return inventory


def add_object(inventory: Inventory, model: str, one: dict[str, Any]) -> None:
    """Take in one object, and what it tells of others."""
    inventory.add(model, _flat(inventory, one))


def _objects(value: Any, counts: dict[str, int]) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for one in value:
            yield from _objects(one, counts)
    elif isinstance(value, dict) and isinstance(value.get("results"), list):
        _note(value, counts)
        yield from _objects(value["results"], counts)
    elif isinstance(value, dict) and "id" in value and "url" in value:
        yield value
    elif isinstance(value, dict):
        yield from _objects(list(value.values()), counts)


def _note(page: dict[str, Any], counts: dict[str, int]) -> None:
    first = next((one for one in page["results"] if isinstance(one, dict)), {})
    if isinstance(page.get("count"), int) and (model := _model(first)):
        counts[model] = max(counts.get(model, 0), page["count"])


def _model(one: dict[str, Any]) -> str:
    match = ADDRESS.search(str(one.get("url", "")))
    return MODELS.get(match[1], "") if match else ""


def _flat(inventory: Inventory, one: dict[str, Any]) -> Row:
    row = {RENAMED.get(field, field): _plain(inventory, field, value) for field, value in one.items()}
    for side, field in (("a", "a_terminations"), ("b", "b_terminations")):
        if field in one:
            row[side] = _terminations(inventory, one[field])
    row["tags"] = _tags(one.get("tags"))
    return row | _behind(one.get("rear_ports"))


def _behind(mappings: Any) -> Row:
    """The first rear port of a front port, which since release 4.5 may have several."""
    first = mappings[0] if isinstance(mappings, list) and mappings else None
    if not isinstance(first, dict):
        return {}
    return {field: first.get(field) for field in ("rear_port", "rear_port_position")}


def _plain(inventory: Inventory, field: str, value: Any) -> Any:
    if field in TYPES and value is not None:
        return model_of(value)
    if not isinstance(value, dict):
        return value
    if "value" in value and "label" in value:
        return value["value"]
    if "id" in value and "url" in value:
        if model := _model(value):
            inventory.mention(model, _flat(inventory, value))
        return value["id"]
    return value


def _terminations(inventory: Inventory, ends: Any) -> list[Key]:
    found: list[Key] = []
    for end in ends if isinstance(ends, list) else ():
        if isinstance(end, dict):
            _plain(inventory, "object", end.get("object"))
            if type(end.get("object_id")) is int:
                found.append((model_of(end.get("object_type")), end["object_id"]))
    return found


def _tags(tags: Any) -> list[str]:
    names = (
        tag.get("name") if isinstance(tag, dict) else tag for tag in (tags if isinstance(tags, list) else ())
    )
    return sorted(name for name in names if isinstance(name, str))
