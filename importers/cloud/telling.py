"""Tells of one thing in the catalogue's attributes."""

import ipaddress
import re
from collections.abc import Mapping
from typing import Any

from importers.cloud.paths import every, first
from importers.cloud.places import Place
from importers.cloud.resource import Resource, is_cloud_id, normal

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
MANAGED = {"cluster", "load_balancer_pool"}
"""Classes that are identified by manager and number there, not by a cloud id."""

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
        **_identity(shape.becomes, place.provider, resource.cloud_id),
        "account": place.account,
        "region": place.region,
        **_labels(values),
    }
    return {name: _plain(name, value) for name, value in found.items() if value not in (None, "", [])}


def mention_of(called: str, wanted: str, place: Place) -> tuple[str, dict[str, Any]]:
    """The native id and the attributes of a thing that is only referred to."""
    known = normal(called)
    class_ = next((name for form, name in CLASS_OF if form.fullmatch(known)), wanted)
    if is_cloud_id(known):
        return known, {"class": class_, "name": short_name(known), **_identity(class_, place.provider, known)}
    if _is_address(known):
        return f"server/{known}", {"class": "server", "name": known, "ip_address": known}
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


def _identity(class_: str, provider: str, cloud_id: str) -> dict[str, Any]:
    if not cloud_id:
        return {"provider": provider}
    managed = {"manager": provider, "manager_id": cloud_id} if class_ in MANAGED else {}
    return {"provider": provider, "cloud_id": cloud_id, **managed}


def _labels(values: Mapping[str, Any]) -> dict[str, Any]:
    """Owner, environment and keywords from tags, which people spell in any case."""
    tags = first_mapping(values, "tags", "labels", "user_labels")
    lower = {str(name).lower(): str(value) for name, value in tags.items()}
    said = (lower.get("environment") or lower.get("env") or lower.get("stage") or "").lower()
    environment = ENVIRONMENTS.get(said, said)
    return {
        "owner": lower.get("owner") or lower.get("team"),
        "environment": environment if environment in KNOWN_ENVIRONMENTS else None,
        "tags": sorted(f"{name}={value}" for name, value in tags.items() if _is_keyword(str(name))),
    }


def first_mapping(values: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    """The first of these values that is a mapping with something in it."""
    return next((found for name in names if isinstance(found := values.get(name), Mapping) and found), {})


def _is_keyword(tag: str) -> bool:
    return tag != "Name" and not tag.startswith("aws:")


def _plain(name: str, value: Any) -> Any:
    """Host names are in lower case and have a dot; the rest is as it comes."""
    return str(value).lower().rstrip(".") if name == "fqdn" else value


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
