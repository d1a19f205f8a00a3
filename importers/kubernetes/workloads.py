"""Workloads and what they run on, keep their data on and call."""

from collections.abc import Iterator
from typing import Any

from cmdb.reconciliation import Observation, Relation
from importers.kubernetes.calls import called
from importers.kubernetes.cluster import cluster_id
from importers.kubernetes.finding import Workload
from importers.kubernetes.inventory import Inventory
from importers.kubernetes.pods import observe_pods
from importers.kubernetes.redundancy import composition, spread, wanted
from importers.kubernetes.storage import claims_of
from importers.shape import key, mapping, mappings, text


def observe_workloads(inventory: Inventory, workloads: list[Workload]) -> Iterator[Observation]:
    """Each workload, then its pods."""
    for one in workloads:
        native_id = inventory.native_id(one.kind, one.namespace, one.name)
        shared = claims_of(inventory, one.namespace, mapping(one.template, "spec")) if one.object else []
        pods = observe_pods(inventory, native_id, one, shared)
        relations = [
            Relation(type="belongs_to", to=inventory.refer("Namespace", "", one.namespace)),
            *_runs(inventory, one, [pod.native_id for pod in pods]),
            *(Relation(type="stored_on", to=claim) for claim in shared),
            *(Relation(type="calls", to=service) for service in _calls(inventory, one)),
        ]
        yield Observation(native_id, _attributes(inventory, one), tuple(relations), mentioned=not one.object)
        yield from pods


def _runs(inventory: Inventory, one: Workload, pods: list[str]) -> list[Relation]:
    """What it runs on: its pods; without any its node, or any of the cluster's."""
    if pods:
        return composition(inventory, one, pods)
    if node := key(one.template, "spec", "nodeName"):
        return [Relation(type="runs_on", to=inventory.refer("Node", "", node))]
    return [Relation(type="runs_on", to=cluster_id(inventory))]


def _calls(inventory: Inventory, one: Workload) -> list[str]:
    """The services that its settings address, but those that lead back to itself."""
    return [
        service
        for service, selector in called(inventory, one.namespace, mapping(one.template, "spec"))
        if not one.is_selected(selector)
    ]


def _attributes(inventory: Inventory, one: Workload) -> dict[str, Any]:
    if not one.object:
        return inventory.identity("kubernetes_workload", one.kind, one.namespace, one.name)
    if one.kind == "CronJob":
        schedule = text(one.object.body, "spec", "schedule")
        scheduler = f"{inventory.cluster}/{one.namespace}"
        told = inventory.describe("batch_job", one.object, uid="", schedule=schedule, scheduler=scheduler)
        return {name: value for name, value in told.items() if name not in ("cluster", "kind")}
    if one.kind == "Pod":  # its UID is another whenever it is made again
        return inventory.describe("kubernetes_pod", one.object, uid="")
    images = [text(container, "image") for container in mappings(one.template, "spec", "containers")]
    return inventory.describe(
        "kubernetes_workload",
        one.object,
        image=images[0] if images else "",
        replicas=wanted(inventory, one.object),
        spread=spread(one.template),
    )
