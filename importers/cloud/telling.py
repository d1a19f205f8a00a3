"""Tells of one thing in the catalogue's attributes."""

import re
from collections.abc import Mapping
from typing import Any

from importers.cloud.paths import every, first
from importers.cloud.places import Place
from importers.cloud.resource import Resource, is_cloud_id, normal
from importers.hosts import address_of, full_name
from importers.shape import without_blanks

ENVIRONMENTS = {
    "prod": "production",
    "prd": "production",
    "live": "production",
    "stage": "staging",
    "stg": "staging",
    "dev": "development",
    "testing": "test",
    "qa": "quality_assurance",
    "dr": "disaster_recovery",
}
KNOWN_ENVIRONMENTS = {*ENVIRONMENTS.values(), "test", "staging", "development", "training", "sandbox"}

CLASS_OF = (
    (re.compile(r"i-[0-9a-f]+"), "virtual_machine"),
    (re.compile(r"vol-[0-9a-f]+"), "volume"),
    (re.compile(r"subnet-[0-9a-f]+"), "network"),
    (re.compile(r"vpc-[0-9a-f]+"), "cloud_network"),
    (re.compile(r"arn:[\w-]+:lambda:.+"), "serverless_function"),
    (re.compile(r"arn:[\w-]+:elasticloadbalancing:.+:loadbalancer/.+"), "load_balancer"),
    (re.compile(r"arn:[\w-]+:(sqs|sns):.+"), "message_queue"),
    (re.compile(r"arn:[\w-]+:s3:.+"), "object_bucket"),
)
"""What an identifier shows by its form."""


def attributes_of(resource: Resource) -> dict[str, Any]:
    """All that a resource says of itself, by the catalogue's names."""
    shape, place, values = resource.shape, resource.located, resource.values
    told = {ours: _told(ours, values, path) for ours, path in shape.values.items()}
    found = {
        "class": shape.becomes,
        "name": str(first(values, shape.name) or short_name(resource.native_id)),
        **shape.fixed,
        **told,
        "provider": place.provider,
        "cloud_id": resource.cloud_id,
        "account": place.account,
        "region": place.region,
        **_labels(values),
    }
    found["fqdn"] = full_name(str(found.get("fqdn", "")))
    return without_blanks(found)


def mention_of(called: str, wanted: str, place: Place) -> tuple[str, dict[str, Any]]:
    """The native id and the attributes of a thing that is only referred to."""
    known = normal(called)
    class_ = next((name for form, name in CLASS_OF if form.fullmatch(known)), wanted)
    if is_cloud_id(known):
        return known, {
            "class": class_,
            "name": short_name(known),
            "provider": place.provider,
            "cloud_id": known,
        }
    if address := address_of(known):
        return f"server/{address}", {"class": "server", "name": address, "ip_address": address}
    native_id = "/".join(part for part in (wanted, place.account, place.region, known) if part)
    return native_id, {"class": wanted, "name": known, "provider": place.provider}


def _told(ours: str, values: Mapping[str, Any], path: str) -> Any:
    """One value, or all of an attribute that takes several."""
    if ours == "answer":
        return ", ".join(sorted(str(value) for value in every(values, path)))
    return every(values, path) if ours == "names" else first(values, path)


def short_name(identifier: str) -> str:
    """The name within an identifier: its last part that is more than a hash."""
    parts = [part for part in re.split(r"[/:]", identifier) if part]
    hashed = len(parts) > 1 and re.fullmatch(r"[0-9a-f]{16}", parts[-1])
    return parts[-2] if hashed else parts[-1]


def _labels(values: Mapping[str, Any]) -> dict[str, Any]:
    """Owner, environment and keywords from tags, which people spell in any case."""
    tags = _first_mapping(values, "tags", "labels", "user_labels")
    lower = {str(name).lower(): str(value) for name, value in tags.items()}
    said = (lower.get("environment") or lower.get("env") or lower.get("stage") or "").lower()
    environment = ENVIRONMENTS.get(said, said)
    return {
        "owner": lower.get("owner") or lower.get("team"),
        "environment": environment if environment in KNOWN_ENVIRONMENTS else None,
        "tags": sorted(f"{name}={value}" for name, value in tags.items() if _is_keyword(str(name))),
    }


def _first_mapping(values: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    """The first of these values that is a mapping with something in it."""
    return next((found for name in names if isinstance(found := values.get(name), Mapping) and found), {})


def _is_keyword(tag: str) -> bool:
    return tag != "Name" and not tag.startswith("aws:")
