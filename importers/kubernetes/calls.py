"""Finds the services whose addresses stand in the settings of a pod."""

from collections.abc import Iterator, Mapping
from typing import Any

from importers.addresses import hosts_in, hosts_in_arguments
from importers.kubernetes.inventory import Inventory
from importers.shape import LONGEST, mapping, mappings, text, texts

Service = tuple[str, str]
"""Namespace and name."""


def called(
    inventory: Inventory, namespace: str, spec: Mapping[str, Any]
) -> list[tuple[str, Mapping[str, Any]]]:
    """The services that a pod addresses: native id and selector of each, in order of their names.

    Settings are environment variables, also from config maps, and the arguments of its containers. Secrets
    are not read. A name that is no service of the cluster counts only if it says so (`….svc`).
    """
    hosts = (host for container in _containers(spec) for host in _hosts(inventory, namespace, container))
    found = {service for host in hosts if (service := _service(inventory, namespace, host))}
    return [
        (inventory.refer("Service", *service), _selector(inventory, *service)) for service in sorted(found)
    ]


def _selector(inventory: Inventory, namespace: str, name: str) -> Mapping[str, Any]:
    service = inventory.find("Service", namespace, name)
    return mapping(service.body, "spec", "selector") if service else {}


def _containers(spec: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return mappings(spec, "containers") + mappings(spec, "initContainers")


def _hosts(inventory: Inventory, namespace: str, container: Mapping[str, Any]) -> Iterator[str]:
    for setting, value in _settings(inventory, namespace, container):
        yield from hosts_in(setting, value)
    yield from hosts_in_arguments(texts(container, "command") + texts(container, "args"))


def _settings(
    inventory: Inventory, namespace: str, container: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    for source in mappings(container, "envFrom"):
        data = _data(inventory, namespace, text(source, "configMapRef", "name"))
        yield from ((setting, text(data, setting)) for setting in data)
    for variable in mappings(container, "env"):
        reference = mapping(variable, "valueFrom", "configMapKeyRef")
        data = _data(inventory, namespace, text(reference, "name"))
        yield text(variable, "name"), text(variable, "value") or text(data, text(reference, "key"))


def _data(inventory: Inventory, namespace: str, name: str) -> Mapping[str, Any]:
    found = inventory.find("ConfigMap", namespace, name)
    return mapping(found.body, "data") if found else {}


def _service(inventory: Inventory, namespace: str, host: str) -> Service | None:
    """The service that a host name means inside a namespace; the name of a pod may stand before it.

    At most the pod, the service and the namespace, and those in this order.
    Source: https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
    """
    if len(host) > LONGEST:
        return None
    name, certain, _ = f"{host}.".partition(".svc.")
    labels = name.rstrip(".").split(".")
    named = [(labels[-1], labels[-2])] if len(labels) > 1 else []
    if certain:
        return next(iter(named), None)
    meant = (named if len(labels) < 4 else []) + ([(namespace, labels[-1])] if len(labels) < 3 else [])
    return next((service for service in meant if inventory.find("Service", *service)), None)
