"""Where a resource is: provider, account, region and zones."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from importers.cloud.paths import every, first

ARN = re.compile(r"arn:[\w-]+:[\w-]*:(?P<region>[\w-]*):(?P<account>\d*):.+")
ZONE_OF_AWS = re.compile(r"[a-z]{2}(?:-[a-z]+)+-\d[a-z]")


@dataclass(frozen=True, slots=True)
class Place:
    """Blank where it is not known. An account is what the provider bills: account, subscription, project."""

    provider: str
    account: str = ""
    region: str = ""
    zones: tuple[str, ...] = ()


def locate(default: Place, values: Mapping[str, Any], identity: str, zones: str) -> Place:
    """The place that its identity and values tell, filled up from what is known beforehand."""
    if default.provider not in _LOCATE:
        return default
    found = _LOCATE[default.provider](values, identity, [str(zone) for zone in every(values, zones)])
    return replace(found, account=found.account or default.account, region=found.region or default.region)


def region_of_zone(zone: str) -> str:
    """The region of an AWS zone (`eu-west-1a`) or a Google one (`europe-west1-b`)."""
    return zone[:-1] if ZONE_OF_AWS.fullmatch(zone) else zone.rpartition("-")[0]


def _of_aws(values: Mapping[str, Any], identity: str, zones: list[str]) -> Place:
    arn = ARN.fullmatch(identity)
    account = first(values, "owner_id|network_interfaces.owner_id") or (arn["account"] if arn else "")
    region = region_of_zone(zones[0]) if zones else first(values, "region") or (arn["region"] if arn else "")
    return Place("aws", str(account), str(region), tuple(zones))


def _of_azure(values: Mapping[str, Any], identity: str, zones: list[str]) -> Place:
    match = re.match(r"/subscriptions/([^/]+)", identity)
    region = str(first(values, "location") or "").replace(" ", "").lower()
    numbered = tuple(f"{region}-{zone}" for zone in zones if zone.isdecimal())
    return Place("azure", match[1] if match else "", region, numbered if region else ())


def _of_google(values: Mapping[str, Any], identity: str, zones: list[str]) -> Place:
    match = re.match(r"projects/([^/]+)", identity)
    short = tuple(zone.rsplit("/", 1)[-1] for zone in zones)
    region = region_of_zone(short[0]) if short else str(first(values, "region") or "").rsplit("/", 1)[-1]
    return Place("gcp", str(first(values, "project") or (match[1] if match else "")), region, short)


_LOCATE = {"aws": _of_aws, "azure": _of_azure, "gcp": _of_google}
