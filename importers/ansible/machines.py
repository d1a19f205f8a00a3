"""Turns the facts of a host into what identifies and describes a machine."""

from collections.abc import Mapping
from typing import Any

from importers.hosts import full_name

Facts = Mapping[str, Any]

CONTAINERS = {
    "container",
    "containerd",
    "docker",
    "lxc",
    "linux_vserver",
    "openvz",
    "podman",
    "systemd-nspawn",
}
"""Guests that share the kernel of their host, and see its hardware as if it were theirs."""

MODULE_ONLY = {"kvm", "virtualbox"}
"""Hosts of these are told by a kernel module that is loaded, used or not."""

GUEST_INTERFACES = ("vnet", "virbr")
"""Interfaces that libvirt makes for virtual machines."""

HARDWARE = {
    "manufacturer": "system_vendor",
    "model": "product_name",
    "serial_number": "product_serial",
    "asset_tag": "chassis_asset_tag",
    "firmware_version": "bios_version",
}
CLOUD = {
    "cloud_id": "ec2_instance_id",
    "instance_type": "ec2_instance_type",
    "region": "ec2_placement_region",
    "account": "ec2_instance_identity_document_accountid",
}
SYSTEM = {
    "os": "distribution",
    "os_version": "distribution_version",
    "cpu_count": "processor_vcpus",
    "memory_mb": "memtotal_mb",
}
UNKNOWN = ("", "NA", "N/A", None)


def class_of(facts: Facts) -> str:
    """What kind of machine it is; `server` where the facts do not tell."""
    role, type_ = facts.get("virtualization_role"), facts.get("virtualization_type")
    if facts.get("ec2_instance_id"):
        return "virtual_machine"
    match role:
        case "guest":
            return "server" if type_ in CONTAINERS else "virtual_machine"
        case "host":
            return "hypervisor" if type_ not in MODULE_ONLY or _has_guests(facts) else "physical_server"
        case "NA" if facts.get("system_vendor") not in UNKNOWN:
            return "physical_server"
    return "server"


def _has_guests(facts: Facts) -> bool:
    return any(str(name).startswith(GUEST_INTERFACES) for name in facts.get("interfaces") or ())


def describe(name: str, facts: Facts) -> dict[str, Any]:
    """The attributes of a machine, without those that its facts do not know."""
    class_ = class_of(facts)
    default = facts.get("default_ipv4") or facts.get("default_ipv6") or {}
    attributes: dict[str, Any] = {"class": class_, "name": name}
    attributes["fqdn"] = full_name(str(facts.get("fqdn") or "")) or full_name(name)
    attributes |= {"ip_address": default.get("address"), "mac_address": default.get("macaddress")}
    attributes |= _picked(facts, SYSTEM)
    if facts.get("virtualization_type") not in CONTAINERS and facts.get("product_uuid") not in UNKNOWN:
        attributes["bios_uuid"] = str(facts["product_uuid"]).lower()
    if class_ in ("physical_server", "hypervisor"):
        attributes |= _picked(facts, HARDWARE) | {"cpu_model": _processor(facts)}
    if facts.get("ec2_instance_id"):
        attributes |= _picked(facts, CLOUD) | {"provider": "aws"}
    return {key: value for key, value in attributes.items() if value not in UNKNOWN}


def _picked(facts: Facts, names: Mapping[str, str]) -> dict[str, Any]:
    return {ours: facts.get(theirs) for ours, theirs in names.items()}


def _processor(facts: Facts) -> str:
    """The list names of each processor its number, vendor and model."""
    return next((str(word) for word in facts.get("processor") or () if len(str(word).split()) > 1), "")
