"""Pods as slots of their workload, so that a pod that is replaced leaves no trace in the history."""

import re
from collections.abc import Iterator

from cmdb.reconciliation import Observation, Relation
from importers.kubernetes.finding import Workload, node_of
from importers.kubernetes.inventory import Inventory, Object
from importers.kubernetes.storage import claims_of
from importers.shape import mapping

RANDOM = ("Deployment", "ReplicaSet", "ReplicationController")
"""Kinds that name their pods at random."""


def observe_pods(
    inventory: Inventory, workload_id: str, workload: Workload, shared: list[str]
) -> list[Observation]:
    """The pods of a workload; `shared` are the claims that its template names, which it depends on itself."""
    # Kubernetes allows no name with a slash, so that it is never that of a real pod.
    prefix = f"{workload.kind.lower()}/{workload.name}"
    return [
        Observation(
            f"{workload_id}/{slot}",
            inventory.identity("kubernetes_pod", "Pod", pod.namespace, f"{prefix}/{slot}"),
            tuple(_relations(inventory, pod, shared)),
        )
        for slot, pod in _slots(workload).items()
    ]


def _slots(workload: Workload) -> dict[str, Object]:
    """Pods by slot: of a DaemonSet the node, else the ordinal in their names, else a number by node."""
    pods = sorted(workload.pods, key=lambda pod: (node_of(pod), pod.name))
    if workload.kind == "DaemonSet":
        return {node_of(pod): pod for pod in pods}
    ordinals = [re.fullmatch(rf"{re.escape(workload.name)}-(\d+)", pod.name) for pod in pods]
    if workload.kind not in RANDOM and all(ordinals):
        return {ordinal[1]: pod for ordinal, pod in zip(ordinals, pods, strict=True) if ordinal}
    return {str(number): pod for number, pod in enumerate(pods, 1)}


def _relations(inventory: Inventory, pod: Object, shared: list[str]) -> Iterator[Relation]:
    yield Relation(type="runs_on", to=inventory.refer("Node", "", node_of(pod)))
    for claim in claims_of(inventory, pod.namespace, mapping(pod.body, "spec")):
        if claim not in shared:
            yield Relation(type="stored_on", to=claim)
