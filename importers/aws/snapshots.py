"""Finds resources in snapshots of AWS Config."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from cmdb.reconciliation import Rejection
from importers.aws.documents import Document, prepared, resource, snake
from importers.aws.types import TYPES
from importers.cloud import Place, Resource
from importers.shape import mappings

ITEMS = ("configurationItems", "baseConfigurationItems", "BaseConfigurationItems")
LEFT_OUT = re.compile(
    r"AWS::(IAM|KMS|Config|CloudFormation|CloudWatch|CloudTrail|SSM|SecretsManager|Events|Logs|WAFv2|GuardDuty)::.*"
    r"|AWS::EC2::(SecurityGroup|NetworkAcl|RouteTable|NetworkInterface|LaunchTemplate|FlowLog|VPCEndpoint|DHCPOptions"
    r"|SubnetRouteTableAssociation|NetworkInterfaceAttachment|EIPAssociation|VolumeAttachment)"
    r"|AWS::(AutoScaling|RDS|ElastiCache|ECS|Lambda|S3|SNS|SQS)::(\w*Policy|\w*Configuration|\w*Snapshot|\w*ParameterGroup"
    r"|\w*SecurityGroup|\w*SubnetGroup|TaskDefinition|Permission|LayerVersion)"
)
"""Types that become nothing."""

BY_CONFIG = {one.config: kind for kind, one in TYPES.items() if one.config}
_ZONE = re.compile(r"[a-z]{2}(-[a-z]+)+-\d[a-z]")


def snapshot_items(content: Mapping[str, Any]) -> list[Any]:
    """The configuration items of a snapshot; none where it is none."""
    return next((content[name] for name in ITEMS if isinstance(content.get(name), list)), [])


def resources_of_snapshot(document: Document) -> Iterator[Resource | Rejection]:
    """The resources of a snapshot of AWS Config, with what they are related to at `related.<type>`."""
    for number, item in enumerate(snapshot_items(document.content), 1):
        if not isinstance(item, Mapping) or not isinstance(item.get("resourceType"), str):
            yield Rejection(
                "configurationItems", number, {}, "is no configuration item: it has no resourceType"
            )
        elif "Deleted" in str(item.get("configurationItemStatus")):
            continue
        elif kind := BY_CONFIG.get(item["resourceType"]):
            try:
                yield resource(kind, TYPES[kind], _values(item), _placed(item, document))
            except orjson.JSONDecodeError as error:
                yield _rejection(item, number, f"its configuration is not JSON: {error}")
        elif not LEFT_OUT.fullmatch(item["resourceType"]):
            yield _rejection(item, number, f"no class is known for the resource type {item['resourceType']}")


def _rejection(item: Mapping[str, Any], number: int, reason: str) -> Rejection:
    row = {name: str(item.get(name, "")) for name in ("resourceType", "resourceId", "awsRegion")}
    return Rejection("configurationItems", number, row, reason)


def _placed(item: Mapping[str, Any], document: Document) -> Document:
    region = str(item.get("awsRegion", ""))
    place = Place("aws", str(item.get("awsAccountId", "")), "" if region == "global" else region)
    return Document({}, document.where, place)


def _values(item: Mapping[str, Any]) -> dict[str, Any]:
    """The configuration, and around it what Config itself knows."""
    told = item.get("configuration") or item.get("Configuration") or {}
    configuration = orjson.loads(told) if isinstance(told, str) else told
    around = {
        "arn": item.get("arn") or item.get("ARN"),
        "id": item.get("resourceId"),
        "name": item.get("resourceName"),
        "related": _related(item),
    }
    if _ZONE.fullmatch(zone := str(item.get("availabilityZone"))):
        around["availability_zone"] = zone
    if tags := item.get("tags"):
        around["tags"] = tags
    return {
        **{k: v for k, v in around.items() if v},
        **prepared(_without_blanks(snake(configuration))),
        **_tags(around),
    }


def _tags(around: Mapping[str, Any]) -> dict[str, Any]:
    return {"tags": around["tags"]} if "tags" in around else {}


def _without_blanks(values: Any) -> dict[str, Any]:
    return (
        {k: v for k, v in values.items() if v not in (None, "", [], {})} if isinstance(values, dict) else {}
    )


def _related(item: Mapping[str, Any]) -> dict[str, list[str]]:
    related: dict[str, list[str]] = defaultdict(list)
    for one in mappings(item, "relationships"):
        if called := one.get("resourceId") or one.get("resourceName"):
            related[str(one.get("resourceType")).rpartition("::")[2].lower()].append(str(called))
    return dict(related)
