"""Clusters, virtual machines, and the services that run on machines."""

import math
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from cmdb.reconciliation import Observation
from importers.netbox.inventory import redundant, reference, relation
from importers.netbox.models import Key, Row
from importers.netbox.words import Words

KUBERNETES = "kubernetes"

PORTS = {
    **dict.fromkeys((80, 443, 8080, 8443), "web_server"),
    **dict.fromkeys((1433, 1521, 3306, 5432, 27017), "database"),
    **dict.fromkeys((6379, 11211), "cache"),
    **dict.fromkeys((5671, 5672, 9092, 1883), "message_queue"),
}
"""Port that a service listens on → its class; else it is an application."""


def observe_clusters(words: Words) -> Iterator[Observation]:
    """Clusters of devices; all members but one are assumed to be enough."""
    members: dict[int, list[Key]] = defaultdict(list)
    for row in words.inventory.rows("device"):
        if row.get("cluster") is not None:
            members[row["cluster"]].append(("device", row["id"]))
    for row in words.inventory.rows("cluster"):
        product = words.inventory.name("clustertype", row.get("type"))
        class_ = "kubernetes_cluster" if KUBERNETES in product.lower() else "hypervisor_cluster"
        devices = members[row["id"]]
        relations = redundant("composed_of", devices, "members", need=len(devices) - 1)
        relations += words.standing(row)
        yield words.observation("cluster", row, class_, {"product": product}, relations)


def observe_machines(words: Words) -> Iterator[Observation]:
    """Virtual machines, on the device that is named, or on their cluster."""
    for row in words.inventory.rows("virtualmachine"):
        under = reference("device", row.get("device")) or reference("cluster", row.get("cluster"))
        cluster = words.inventory.get("cluster", row.get("cluster"))
        facts = words.host(row) | {
            "cpu_count": math.ceil(float(row["vcpus"])) if row.get("vcpus") else None,
            "memory_mb": row.get("memory"),
            "role": words.inventory.name("devicerole", row.get("role")),
            "site": words.inventory.name("site", words.site(row) or words.site(cluster)),
        }
        relations = [relation("runs_on", under)] if under else []
        yield words.observation("virtualmachine", row, "virtual_machine", facts, relations)


def observe_services(words: Words) -> Iterator[Observation]:
    """Services that listen on a device or virtual machine."""
    for row in words.inventory.rows("service"):
        holder = _parent(row)
        host = words.inventory.name(*holder) if holder else ""
        ports = [port for port in row.get("ports") or () if type(port) is int]
        class_ = next((PORTS[port] for port in ports if port in PORTS), "application")
        facts: dict[str, Any] = {"host": host, "port": ports[0] if ports else None}
        if class_ == "application":
            facts = {"namespace": host}
        facts |= {"ports": [f"{port}/{row.get('protocol') or 'tcp'}" for port in ports]}
        relations = [relation("runs_on", holder)] if holder else []
        yield words.observation("service", row, class_, facts, relations)


def _parent(row: Row) -> Key | None:
    if row.get("parent_object_type") in ("device", "virtualmachine"):
        return reference(row["parent_object_type"], row.get("parent_object_id"))
    return reference("device", row.get("device")) or reference("virtualmachine", row.get("virtual_machine"))
