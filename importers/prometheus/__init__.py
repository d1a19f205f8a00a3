"""Prometheus: what is monitored, from service discovery, saved answers or a live server."""

from importers.importer import Importer, Kind
from importers.prometheus.observing import CLUSTER, SERVER, read_prometheus

__all__ = ["IMPORTER"]

IMPORTER = Importer(
    name="prometheus",
    title="Prometheus targets",
    read=read_prometheus,
    options=(SERVER, CLUSTER),
    kinds=(
        Kind("Prometheus server", "application"),
        Kind("target", "server", "mentioned by its host; monitored_by the server"),
        Kind("target with an instance id of a cloud", "virtual_machine", "mentioned by that id"),
        Kind(
            "target with labels of Kubernetes", "kubernetes_service", "else kubernetes_pod, kubernetes_node"
        ),
        Kind("target asked by way of an exporter, URL", "api_endpoint"),
        Kind("target asked by way of snmp_exporter", "network_device"),
        Kind("target on the loopback", "", "is on the machine of Prometheus, whose name is not told"),
        Kind(
            "job", "application", "runs_on its machines, one of which is assumed to do; not of host exporters"
        ),
        Kind("label environment, env", "environment", "where all targets of a thing agree"),
        Kind("other labels", "", "have no agreed meaning"),
        Kind("up, health, lastError, lastScrape", "", "a state of the moment, not configuration"),
        Kind("droppedTargets", "", "are not monitored"),
    ),
)
