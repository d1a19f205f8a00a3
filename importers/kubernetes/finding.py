"""Finds the workloads: what people deploy, with all that it makes (replica sets, jobs, pods) in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from importers.kubernetes.inventory import Inventory, Object
from importers.kubernetes.selectors import equal
from importers.shape import key, mapping, mappings, text

KINDS = ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob")
_MADE = ("ReplicaSet", "Job")
"""Kinds that are folded into what made them."""

_TEMPLATES: Mapping[str, tuple[str, ...]] = {
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
    "Pod": (),
}


@dataclass(slots=True)
class Workload:
    """A workload, or a pod of nobody's; `object` is None where only its pods tell of it."""

    kind: str
    namespace: str
    name: str
    object: Object | None = None
    pods: list[Object] = field(default_factory=list)

    @property
    def template(self) -> Mapping[str, Any]:
        """The pod that it makes: of its own template, or one that it made."""
        if self.object:
            return mapping(self.object.body, *_TEMPLATES.get(self.kind, ("spec", "template")))
        return self.pods[0].body if self.pods else {}

    def labels(self) -> set[tuple[str, str]]:
        """The labels that any of its pods has."""
        told = (
            mapping(pod, "metadata", "labels") for pod in (self.template, *(one.body for one in self.pods))
        )
        return {(name, value) for labels in told for name, value in labels.items() if isinstance(value, str)}

    def is_selected(self, selector: Mapping[str, Any]) -> bool:
        """Whether a service that selects so reaches any of its pods."""
        labels = mapping(self.template, "metadata", "labels")
        return equal(selector, labels) or any(equal(selector, pod.labels) for pod in self.pods)


def find_workloads(inventory: Inventory) -> list[Workload]:
    """All workloads, with their pods that run somewhere; jobs that have ended are left out."""
    found: dict[tuple[str, str, str], Workload] = {}
    for one in inventory.of(*KINDS):
        if not (_is_done(one) or (one.kind in _MADE and one.controller)):
            found[one.kind, one.namespace, one.name] = Workload(one.kind, one.namespace, one.name, one)
    for pod in inventory.of("Pod"):
        kind, name = _maker(inventory, pod)
        if kind == "Pod" and not _is_done(pod):
            found[kind, pod.namespace, name] = Workload(kind, pod.namespace, name, pod)
        elif kind not in ("Pod", "Job", "CronJob") and _is_placed(pod):
            place = kind, pod.namespace, name
            found.setdefault(place, Workload(*place)).pods.append(pod)
    return list(found.values())


def node_of(pod: Object) -> str:
    """The node that a pod is on."""
    return key(pod.body, "spec", "nodeName")


def _is_done(one: Object) -> bool:
    """Whether a job or pod has ended."""
    ended = {"Complete", "Failed"}
    return text(one.body, "status", "phase") in ("Succeeded", "Failed") or any(
        text(condition, "type") in ended and text(condition, "status") == "True"
        for condition in mappings(one.body, "status", "conditions")
    )


def _maker(inventory: Inventory, pod: Object) -> tuple[str, str]:
    """Kind and name of the workload of a pod; a pod that nobody made, or its node did, is one itself."""
    kind, name = pod.controller or ("Node", "")
    if kind == "Node":
        return "Pod", pod.name
    if kind in _MADE and (made := inventory.find(kind, pod.namespace, name)):
        return made.controller or (kind, name)
    hash_ = text(pod.labels, "pod-template-hash")
    if kind == "ReplicaSet" and hash_ and name.endswith(f"-{hash_}"):
        return "Deployment", name.removesuffix(f"-{hash_}")
    return kind, name


def _is_placed(pod: Object) -> bool:
    """Whether a pod has a node, and has neither ended nor is on its way out."""
    return bool(node_of(pod)) and not _is_done(pod) and not text(pod.body, "metadata", "deletionTimestamp")
