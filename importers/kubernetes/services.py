"""Services and ingresses, and what stands behind them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from cmdb.reconciliation import Observation, Relation
from importers.kubernetes.finding import Workload
from importers.kubernetes.inventory import Inventory, Object
from importers.redundancy import redundant
from importers.shape import address, inner, key, mapping, mappings, text

Labelled = dict[tuple[str, str, str], list[Workload]]
"""Workloads by namespace, and name and value of a label."""


def observe_services(inventory: Inventory, workloads: list[Workload]) -> Iterator[Observation]:
    """Each service, provided by any one of the workloads that it selects, or by a name outside."""
    labelled = _by_label(workloads)
    for one in inventory.of("Service"):
        place = Relation(type="belongs_to", to=inventory.refer("Namespace", "", one.namespace))
        outside = _outside(inventory, one)
        yield from outside
        providers = [out.native_id for out in outside] or _selected(inventory, one, labelled)
        relations = (place, *redundant("provided_by", providers, "workloads"))
        attributes = inventory.describe(
            "kubernetes_service",
            one,
            ip_address=address(one.body, "spec", "clusterIP"),
            ports=[_port(port) for port in mappings(one.body, "spec", "ports") if "port" in port],
        )
        yield Observation(inventory.id_of(one), attributes, relations)


def observe_ingresses(inventory: Inventory) -> Iterator[Observation]:
    """Each ingress: down without all of its services, degraded without one of several."""
    for one in inventory.of("Ingress"):
        place = Relation(type="belongs_to", to=inventory.refer("Namespace", "", one.namespace))
        names = sorted({*_backends(one)} - {""})
        services = [inventory.refer("Service", one.namespace, name) for name in names]
        each = [Relation(type="calls", to=service) for service in services if len(services) > 1]
        hosts = sorted({text(rule, "host") for rule in mappings(one.body, "spec", "rules")} - {""})
        yield Observation(
            inventory.id_of(one),
            inventory.describe("kubernetes_ingress", one, hosts=hosts),
            (place, *redundant("depends_on", services, "services", assumed=False), *each),
        )


def _by_label(workloads: list[Workload]) -> Labelled:
    """Workloads by their labels: to compare each service with each of them takes minutes at scale."""
    found: Labelled = defaultdict(list)
    for workload in workloads:
        for name, value in workload.labels():
            found[workload.namespace, name, value].append(workload)
    return found


def _selected(inventory: Inventory, one: Object, labelled: Labelled) -> list[str]:
    selector = mapping(one.body, "spec", "selector")
    name, value = next(iter(selector.items()), ("", ""))
    return [
        inventory.native_id(workload.kind, workload.namespace, workload.name)
        for workload in labelled.get((one.namespace, name, str(value)), [])
        if workload.is_selected(selector)
    ]


def _outside(inventory: Inventory, one: Object) -> list[Observation]:
    """The host that a service of the type ExternalName is another name for."""
    host = key(one.body, "spec", "externalName").lower().rstrip(".")
    if text(one.body, "spec", "type") != "ExternalName" or "." not in host:
        return []
    attributes = {"class": "server", "name": host, "fqdn": host}
    return [Observation(f"{inventory.id_of(one)}/{host}", attributes, (), mentioned=True)]


def _port(port: Mapping[str, Any]) -> str:
    return f"{port['port']}/{text(port, 'protocol') or 'TCP'}"


def _backends(one: Object) -> Iterator[str]:
    """The names of services in rules and defaults; the API of version 1.14 wrote them in another way."""
    spec = mapping(one.body, "spec")
    backends = [inner(spec, "defaultBackend"), inner(spec, "backend")]
    for rule in mappings(spec, "rules"):
        backends += [inner(path, "backend") for path in mappings(rule, "http", "paths")]
    for backend in backends:
        yield key(backend, "service", "name") or key(backend, "serviceName")
