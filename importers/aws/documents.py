"""Finds resources in what AWS writes, whoever asked for it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cmdb.reconciliation import Gap
from importers.aws.described import Described
from importers.aws.types import TYPES
from importers.cloud import Place, Resource, first

_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_QUEUE = re.compile(r"https://(?:sqs\.)?([\w-]+)\.\S+?/(\d+)/([\w.-]+)")
CALLED = {"bucket_region": "region", "tag_list": "tags"}
"""Names that differ from what other types call the same."""

UNHEALTHY = {"unhealthy", "draining"}
MORE = ("NextToken", "nextToken", "Marker", "NextMarker")


@dataclass(frozen=True, slots=True)
class Document:
    """One answer of AWS, where it came from, and what it was asked for (`given`, in snake case)."""

    content: Mapping[str, Any]
    where: str
    place: Place
    given: Mapping[str, Any] = field(default_factory=dict)


def is_known(document: Mapping[str, Any]) -> bool:
    """Whether anything in it may be a resource."""
    return any(one.under.partition(".")[0] in document for one in TYPES.values())


def resources_of(document: Document) -> Iterator[Resource]:
    """The resources in a document."""
    for kind, described in TYPES.items():
        found = [{**document.given, **one} for one in items(document.content, described.under)]
        for values in _wanted(kind, found):
            if first(values, described.has) if described.has else True:
                yield resource(kind, described, values, document)


def gaps_of(document: Document) -> Iterator[Gap]:
    """What the document says that it does not hold."""
    if any(document.content.get(name) for name in MORE):
        yield Gap(f"{document.where} holds only a part of the answer; ask again without --max-items.")


def items(content: Mapping[str, Any], under: str) -> list[dict[str, Any]]:
    """What stands at a path, with names in snake case; plain text is a name."""
    found: list[Any] = [content]
    for name in under.split("."):
        inner = [one.get(name) for one in found if isinstance(one, Mapping)]
        found = [one for each in inner for one in (each if isinstance(each, list) else [each])]
    return [_item(one) for one in found if one]


def resource(kind: str, described: Described, values: Mapping[str, Any], document: Document) -> Resource:
    """One resource with a readable address for what has no identifier."""
    name = first(values, described.shape.name) or first(values, "target.id|listener_arn|id") or ""
    given = "/".join(str(value) for value in document.given.values())
    address = "/".join(part for part in (kind, document.place.region, given, str(name)) if part)
    return Resource(kind, described.shape, values, address, document.place, document.where)


def snake(value: Any) -> Any:
    """The same value with names in snake case, and tags as one mapping."""
    if isinstance(value, list):
        tags = [_tag(one) for one in value]
        return dict(tag for tag in tags if tag) if tags and all(tags) else [snake(one) for one in value]
    if isinstance(value, Mapping):
        named = {_name(str(name)): snake(one) for name, one in value.items()}
        return {CALLED.get(name, name): one for name, one in named.items()}
    return value


def _name(name: str) -> str:
    return _WORD.sub("_", (name[:1].upper() + name[1:]).replace("ARNs", "Arns")).lower()


def _tag(one: Any) -> tuple[str, Any] | None:
    lower = {str(name).lower(): value for name, value in one.items()} if isinstance(one, Mapping) else {}
    return (lower["key"], lower["value"]) if isinstance(lower.get("key"), str) and "value" in lower else None


def _item(one: Any) -> dict[str, Any]:
    if not isinstance(one, str):
        return prepared(snake(one)) if isinstance(one, Mapping) else {}
    if queue := _QUEUE.fullmatch(one):
        region, account, name = queue.groups()
        return {"name": name, "url": one, "arn": f"arn:aws:sqs:{region}:{account}:{name}"}
    return {"name": one}


def prepared(values: dict[str, Any]) -> dict[str, Any]:
    """With what AWS writes in a way of its own put as all the rest."""
    if isinstance(subnets := values.get("vpc_zone_identifier"), str):
        values["vpc_zone_identifier"] = subnets.split(",")
    if second := values.get("secondary_availability_zone"):
        values["availability_zone"] = [values.get("availability_zone"), second]
    if isinstance(identifier := values.get("id"), str):
        values["id"] = identifier.removeprefix("/hostedzone/")
    if isinstance(name := values.get("name"), str):
        values["name"] = name.rstrip(".")
    return values


def _wanted(kind: str, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without what is gone: terminated machines, and targets that do not serve while others do."""
    if kind == "target":
        return [one for one in found if first(one, "target_health.state") not in UNHEALTHY] or found
    if kind == "record":
        return [one for one in found if one.get("type") != "SOA"]
    return [one for one in found if first(one, "state.name") != "terminated"]
