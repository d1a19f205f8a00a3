"""NetBox's own demo data set, as it is published, and as its REST API would show it."""

import gzip
import json
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from importers.netbox.models import ENDPOINTS

DEMO = Path(__file__).parents[4] / "shared/data/netbox/netbox-demo-v3.6.json.gz"

needs_demo = pytest.mark.skipif(not DEMO.exists(), reason="the demo data set is not at hand")

TARGETS = {
    **{model: model for model in ENDPOINTS},
    "type": "clustertype",
    "power_panel": "powerpanel",
    "provider_network": "providernetwork",
    "virtual_chassis": "virtualchassis",
    "virtual_machine": "virtualmachine",
    "device_type": "devicetype",
    "role": "devicerole",
    "master": "device",
    "rear_port": "rearport",
    "lag": "interface",
    "primary_ip4": "ipaddress",
}
"""Field that refers → the model it refers to, as far as the demo data set uses it."""

CHOICES = ("status", "type", "phase", "term_side", "protocol")


@cache
def objects() -> dict[str, dict[Any, dict[str, Any]]]:
    """The fields of all objects, by model and id."""
    found: dict[str, dict[Any, dict[str, Any]]] = defaultdict(dict)
    for number, one in enumerate(json.loads(gzip.decompress(DEMO.read_bytes()))):
        found[one["model"].partition(".")[2]][one.get("pk", f"none-{number}")] = one["fields"]
    return found


def api_pages(base: str) -> dict[str, list[dict[str, Any]]]:
    """The objects by endpoint, in the form that the REST API gives them."""
    return {
        endpoint: [_api_object(base, model, id_, fields) for id_, fields in objects()[model].items()]
        for model, endpoint in ENDPOINTS.items()
    }


def _api_object(base: str, model: str, id_: int, fields: dict[str, Any]) -> dict[str, Any]:
    one: dict[str, Any] = {"id": id_, "url": f"{base}/api/{ENDPOINTS[model]}/{id_}/"}
    for field, value in fields.items():
        one["custom_fields" if field == "custom_field_data" else field] = _value(base, model, field, value)
    one["tags"] = [{"id": 1, "name": name} for name in _tags().get((model, id_), ())]
    if model == "cable":
        for side in "ab":
            one[f"{side}_terminations"] = _ends().get((id_, side.upper()), [])
    return one


def _value(base: str, model: str, field: str, value: Any) -> Any:
    if field.endswith("_type") and isinstance(value, list):
        return ".".join(value)
    if field in CHOICES and isinstance(value, str):
        return {"value": value, "label": value.title()}
    target = model if field == "parent" else TARGETS.get(field)
    if target and isinstance(value, int):
        return {"id": value, "url": f"{base}/api/{ENDPOINTS[target]}/{value}/"}
    return value


@cache
def _tags() -> dict[tuple[str, int], list[str]]:
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for row in objects()["taggeditem"].values():
        found[row["content_type"][1], row["object_id"]].append(objects()["tag"][row["tag"]]["name"])
    return found


@cache
def _ends() -> dict[tuple[int, str], list[dict[str, Any]]]:
    found: dict[tuple[int, str], list[dict[str, Any]]] = defaultdict(list)
    for row in objects()["cabletermination"].values():
        end = {"object_type": ".".join(row["termination_type"]), "object_id": row["termination_id"]}
        found[row["cable"], row["cable_end"]].append(end)
    return found
