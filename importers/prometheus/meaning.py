"""What stands behind a target."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from importers.hosts import identity_of, is_loopback
from importers.prometheus.target import Target

CLOUDS = {
    "__meta_ec2_instance_id": "aws",
    "__meta_azure_machine_id": "azure",
    "__meta_gce_instance_id": "gcp",
    "__meta_openstack_instance_id": "openstack",
}
"""Labels that hold the provider's own id of a machine."""

KUBERNETES = {
    "__meta_kubernetes_service_name": ("kubernetes_service", "Service"),
    "service": ("kubernetes_service", "Service"),
    "__meta_kubernetes_pod_name": ("kubernetes_pod", "Pod"),
    "pod": ("kubernetes_pod", "Pod"),
    "__meta_kubernetes_node_name": ("kubernetes_node", "Node"),
}
"""Labels that name an object of Kubernetes, the one that lasts longest first."""

ASKED = {"/snmp": "network_device"}
"""What an exporter asks, by its path; of any other it is a URL, or a server."""

HOST_PORTS = {9100, 9182}
"""Ports of node_exporter and windows_exporter, which tell of the machine."""

HOST_JOBS = {
    "node",
    "nodes",
    "node-exporter",
    "node_exporter",
    "windows",
    "windows-exporter",
    "windows_exporter",
}

ENVIRONMENTS = {
    "prod": "production",
    "production": "production",
    "stage": "staging",
    "staging": "staging",
    "test": "test",
    "qa": "quality_assurance",
    "dev": "development",
    "development": "development",
}


@dataclass(frozen=True, slots=True)
class Thing:
    """What is monitored. `runs`: a machine, so that what a job scrapes there runs on it."""

    native_id: str
    attributes: Mapping[str, Any]
    runs: bool = False


def thing_of(target: Target, cluster: str) -> Thing | None:
    """What stands behind a target; None where it is only known as the machine of Prometheus itself."""
    path, whom = target.asked
    if whom:
        return _asked(path, whom)
    if _is_kubernetes(target):
        return _kubernetes(target, cluster)
    return _machine(target)


def is_application(target: Target, thing: Thing | None) -> bool:
    """Whether the job scrapes something that runs on a machine, and is neither the machine nor Prometheus."""
    if target.port in HOST_PORTS or target.job.lower() in HOST_JOBS or not target.job:
        return False
    return thing.runs if thing else target.job != "prometheus"


def environment_of(target: Target) -> str:
    """The environment that a label names, as the catalogue calls it."""
    said = target.labels.get("environment") or target.labels.get("env") or ""
    return ENVIRONMENTS.get(said.lower(), "")


def _asked(path: str, whom: str) -> Thing:
    if whom.startswith(("http://", "https://")):
        return Thing(f"url/{whom}", {"class": "api_endpoint", "name": whom, "url": whom})
    host = Target(whom, {}).host
    class_ = ASKED.get(path, "server")
    return Thing(f"host/{host}", {"class": class_, "name": host} | identity_of(host))


def _is_kubernetes(target: Target) -> bool:
    labels = target.labels
    told = {label for label in KUBERNETES if labels.get(label)}
    return any(label.startswith("__meta_") for label in told) or ("pod" in told and "namespace" in labels)


def _kubernetes(target: Target, cluster: str) -> Thing:
    labels = target.labels
    key = next(label for label in KUBERNETES if labels.get(label))
    class_, kind = KUBERNETES[key]
    namespace = labels.get("__meta_kubernetes_namespace") or labels.get("namespace", "")
    cluster = labels.get("cluster") or cluster
    attributes = {"class": class_, "name": labels[key], "kind": kind, "cluster": cluster}
    if kind != "Node":
        attributes["namespace"] = namespace
    if kind == "Pod":
        attributes["uid"] = labels.get("__meta_kubernetes_pod_uid", "")
    place = "/".join(filter(None, (cluster, attributes.get("namespace"), kind, labels[key])))
    return Thing(f"kubernetes/{place}", {name: value for name, value in attributes.items() if value})


def _machine(target: Target) -> Thing | None:
    for label, provider in CLOUDS.items():
        if cloud_id := target.labels.get(label):
            attributes = {"class": "virtual_machine", "provider": provider, "cloud_id": cloud_id}
            if provider == "azure":
                attributes["cloud_id"] = cloud_id.lower()
            attributes |= {"name": target.host} | identity_of(target.host)
            return Thing(f"host/{attributes['cloud_id']}", attributes, runs=True)
    if is_loopback(target.host):
        return None
    attributes = {"class": "server", "name": target.host} | identity_of(target.host)
    return Thing(f"host/{target.host}", attributes, runs=True)
