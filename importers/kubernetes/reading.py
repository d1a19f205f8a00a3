"""Reads a cluster, or what was written down of one."""

from collections.abc import Iterator
from typing import Any

from cmdb.errors import InvalidInput
from cmdb.reconciliation import Gap, Observation
from importers.importer import Origin, Row
from importers.kubernetes.cluster import observe_cluster
from importers.kubernetes.documents import objects_in, read_documents
from importers.kubernetes.finding import find_workloads
from importers.kubernetes.inventory import Inventory, Object
from importers.kubernetes.nodes import observe_nodes
from importers.kubernetes.services import observe_ingresses, observe_services
from importers.kubernetes.storage import observe_storage
from importers.kubernetes.workloads import observe_workloads
from importers.shape import key

CLUSTER, NAMESPACE = "kubernetes", "default"


def read(origin: Origin) -> Iterator[Row]:
    """What the objects of a cluster become, each followed by what it holds."""
    name, documents = _source(origin)
    cluster = key(origin.options.get("cluster")) or name or CLUSTER
    namespace = key(origin.options.get("namespace")) or NAMESPACE
    found = list(objects_in((one for one in documents if not isinstance(one, Gap)), namespace))
    objects = [one for one in found if isinstance(one, Object)]
    if not objects:
        raise InvalidInput(
            f"{origin.location} holds no objects of Kubernetes (apiVersion, kind, metadata.name). "
            "Is it a manifest, a dump by `kubectl get -o json`, or what `helm template` printed?"
        )
    yield from (one for one in documents if isinstance(one, Gap))
    yield from (one for one in found if not isinstance(one, Object))
    yield from _observe(Inventory(cluster, objects))


def _source(origin: Origin) -> tuple[str, list[Any | Gap]]:
    """The name of the cluster, if the source has one, and its documents."""
    place, _, context = origin.location.partition(":")
    if place != "live":
        return "", list(read_documents(origin.path))
    from importers.kubernetes.live import read_cluster  # takes a second to load

    return read_cluster(context, origin.environment)


def _observe(inventory: Inventory) -> Iterator[Observation]:
    seen: set[str] = set()
    for one in _observe_all(inventory):
        seen.add(one.native_id)
        yield one
    yield from inventory.mentions(seen)


def _observe_all(inventory: Inventory) -> Iterator[Observation]:
    workloads = find_workloads(inventory)
    yield from observe_cluster(inventory)
    yield from observe_nodes(inventory)
    yield from observe_storage(inventory)
    yield from observe_workloads(inventory, workloads)
    yield from observe_services(inventory, workloads)
    yield from observe_ingresses(inventory)
