"""The models of NetBox that are read, and how the rows of each are known to be sound."""

import math
from typing import Any

Row = dict[str, Any]
"""One object: references as ids, choices as values, `tags` as names, `custom_fields` as they came."""

Key = tuple[str, int]
"""A model and an id."""

ENDPOINTS = {
    "tenant": "tenancy/tenants",
    "contact": "tenancy/contacts",
    "contactrole": "tenancy/contact-roles",
    "contactassignment": "tenancy/contact-assignments",
    "region": "dcim/regions",
    "site": "dcim/sites",
    "location": "dcim/locations",
    "rack": "dcim/racks",
    "powerpanel": "dcim/power-panels",
    "powerfeed": "dcim/power-feeds",
    "manufacturer": "dcim/manufacturers",
    "devicetype": "dcim/device-types",
    "devicerole": "dcim/device-roles",
    "platform": "dcim/platforms",
    "device": "dcim/devices",
    "devicebay": "dcim/device-bays",
    "virtualchassis": "dcim/virtual-chassis",
    "virtualdevicecontext": "dcim/virtual-device-contexts",
    "interface": "dcim/interfaces",
    "frontport": "dcim/front-ports",
    "rearport": "dcim/rear-ports",
    "powerport": "dcim/power-ports",
    "poweroutlet": "dcim/power-outlets",
    "consoleport": "dcim/console-ports",
    "consoleserverport": "dcim/console-server-ports",
    "cable": "dcim/cables",
    "provider": "circuits/providers",
    "providernetwork": "circuits/provider-networks",
    "circuit": "circuits/circuits",
    "circuittermination": "circuits/circuit-terminations",
    "clustertype": "virtualization/cluster-types",
    "cluster": "virtualization/clusters",
    "virtualmachine": "virtualization/virtual-machines",
    "vminterface": "virtualization/interfaces",
    "vrf": "ipam/vrfs",
    "vlan": "ipam/vlans",
    "prefix": "ipam/prefixes",
    "ipaddress": "ipam/ip-addresses",
    "fhrpgroup": "ipam/fhrp-groups",
    "fhrpgroupassignment": "ipam/fhrp-group-assignments",
    "service": "ipam/services",
}
"""Model → where the REST API keeps it."""

MODELS = {endpoint: model for model, endpoint in ENDPOINTS.items()}

TYPES = {
    *("assigned_object_type", "content_type", "interface_type", "object_type"),
    *("parent_object_type", "scope_type", "termination_type"),
}
"""Fields that name a model: `dcim.site`, or `["dcim", "site"]` in a fixture; here only `site`."""

RENAMED = {"content_type": "object_type", "custom_field_data": "custom_fields", "device_role": "role"}
"""Older name of a field → its name now."""

REFERENCES = {
    *("cable", "circuit", "cluster", "contact", "device", "device_type", "group", "installed_device", "lag"),
    *(
        "location",
        "manufacturer",
        "master",
        "parent",
        "platform",
        "power_panel",
        "primary_ip4",
        "primary_ip6",
    ),
    *("provider", "provider_network", "rack", "rear_port", "region", "role", "site", "tag", "tenant"),
    *("virtual_chassis", "virtual_machine", "vlan", "vrf"),
    *("assigned_object_id", "interface_id", "object_id", "parent_object_id", "scope_id", "termination_id"),
}
TEXTS = {
    *(
        "address",
        "asset_tag",
        "cable_end",
        "cid",
        "description",
        "dns_name",
        "email",
        "mac_address",
        "model",
        "name",
    ),
    *("phone", "physical_address", "prefix", "priority", "protocol", "serial", "slug", "status", "term_side"),
    *("termination_date", "time_zone", "title"),
}
NUMBERS = {
    *("amperage", "commit_rate", "latitude", "longitude", "max_utilization", "memory", "position"),
    *("rear_port_position", "speed", "u_height", "vc_position", "vcpus", "vid", "voltage"),
}


REFERENCES_OF = {("cluster", "type"), ("circuit", "type")}
TEXTS_OF = {("ipaddress", "role"), ("interface", "type"), ("powerfeed", "type"), ("powerfeed", "phase")}
"""Fields that are references, or text, in one model only."""


def fault(model: str, row: Row) -> str:
    """Tell why a row cannot be taken in; empty where it can."""
    if type(row.get("id")) is not int:
        return "it has no numeric id"
    return next((reason for field, value in row.items() if (reason := _fault(model, field, value))), "")


def _fault(model: str, field: str, value: Any) -> str:
    if value is None:
        return ""
    if (model, field) in TEXTS_OF or field in TEXTS:
        return "" if isinstance(value, str) else f"{field} {value!r} is not text"
    if (model, field) in REFERENCES_OF or field in REFERENCES:
        return "" if type(value) is int else f"{field} {value!r} is not a reference to an object"
    if field == "ports":
        return "" if isinstance(value, list) else f"{field} {value!r} is not a list"
    if field in NUMBERS and not _is_number(value):
        return f"{field} {value!r} is not a number"
    return ""


def _is_number(value: Any) -> bool:
    try:
        return not isinstance(value, bool) and math.isfinite(float(value))
    except (TypeError, ValueError, OverflowError):
        return False


def model_of(value: Any) -> str:
    """The model that a content type names."""
    if isinstance(value, list) and value and isinstance(value[-1], str):
        return value[-1]
    return value.rpartition(".")[2] if isinstance(value, str) else ""
