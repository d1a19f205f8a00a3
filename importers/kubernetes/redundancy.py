"""How many pods of a workload must be up, and how far apart they are kept.

Sources: https://kubernetes.io/docs/concepts/workloads/pods/disruptions/ and
https://kubernetes.io/docs/tasks/run-application/configure-pdb/ (percentages are rounded up, of both bounds).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from cmdb.reconciliation import Relation
from importers.kubernetes.finding import Workload
from importers.kubernetes.inventory import Inventory, Object
from importers.kubernetes.selectors import matches
from importers.shape import count, inner, mapping, mappings, text

DEFAULT_UNAVAILABLE = "25%"
"""What the API server fills in for `maxUnavailable`, so that it says nothing of this workload."""

DOMAINS = {"kubernetes.io/hostname": "node", "topology.kubernetes.io/zone": "zone"}


def composition(inventory: Inventory, workload: Workload, pods: list[str]) -> list[Relation]:
    """A workload's relations to its pods."""
    relations = [Relation(type="composed_of", to=pod) for pod in pods]
    if len(pods) == 1:
        return relations
    if stated := _stated(inventory, workload):
        terms = Relation(group="pods", need=stated)
    else:
        terms = Relation(group="pods", need=_assumed(workload, len(pods)), assumed=True)
    return [relation | terms for relation in relations]


def wanted(inventory: Inventory, one: Object) -> int | None:
    """The replicas that are wanted; the least of them where their number follows the load."""
    for scaler in inventory.within("HorizontalPodAutoscaler", one.namespace):
        target = mapping(scaler.body, "spec", "scaleTargetRef")
        if (target.get("kind"), target.get("name")) == (one.kind, one.name):
            return count(scaler.body, "spec", "minReplicas") or 1
    return count(one.body, "spec", "replicas")


def spread(template: Mapping[str, Any]) -> str:
    """What its pods are kept apart by, as `node (required), zone (preferred)`."""
    spec = mapping(template, "spec")
    found = dict(sorted(_preferred(spec))) | dict(sorted(_required(spec)))
    return ", ".join(f"{DOMAINS.get(key, key)} ({how})" for key, how in sorted(found.items()))


def _stated(inventory: Inventory, workload: Workload) -> int | str | None:
    """What a disruption budget says must stay up, if it says any."""
    labels = mapping(workload.template, "metadata", "labels")
    for budget in inventory.within("PodDisruptionBudget", workload.namespace):
        spec = mapping(budget.body, "spec")
        if "selector" in spec and matches(spec["selector"], labels):
            return _least(inventory, workload, budget)
    return None


def _least(inventory: Inventory, workload: Workload, budget: Object) -> int | str | None:
    least = inner(budget.body, "spec", "minAvailable")
    if isinstance(least, str):
        return f"{percent}%" if 1 <= (percent := _percent(least)) <= 100 else None
    if least is not None:
        return count(least) or None
    replicas = workload.object and wanted(inventory, workload.object)
    return _rest(replicas or len(workload.pods), inner(budget.body, "spec", "maxUnavailable"))


def _rest(replicas: int, unavailable: Any) -> int | None:
    """What is left of the replicas; None where nothing needs to be, or the number makes no sense."""
    if isinstance(unavailable, str):
        unavailable = -(-replicas * _percent(unavailable) // 100)
    lost = count(unavailable)
    return replicas - lost if lost is not None and lost < replicas else None


def _percent(value: str) -> int:
    return int(match[1]) if (match := re.fullmatch(r"(\d{1,3})%", value)) else 0


def _assumed(workload: Workload, pods: int) -> int:
    """A majority where pods have a memory of their own; what an update may take away; else any one."""
    if workload.kind == "StatefulSet" and pods > 2:
        return pods // 2 + 1
    body = workload.object.body if workload.object else {}
    unavailable = inner(body, "spec", "strategy", "rollingUpdate", "maxUnavailable")
    if unavailable in (None, 0, "0%", DEFAULT_UNAVAILABLE):  # none, so as to lose no capacity, not for need
        return 1
    return _rest(count(body, "spec", "replicas") or pods, unavailable) or 1


def _required(spec: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    affinity = mapping(spec, "affinity", "podAntiAffinity")
    for term in mappings(affinity, "requiredDuringSchedulingIgnoredDuringExecution"):
        yield text(term, "topologyKey"), "required"
    for constraint in mappings(spec, "topologySpreadConstraints"):
        if text(constraint, "whenUnsatisfiable") != "ScheduleAnyway":
            yield text(constraint, "topologyKey"), "required"


def _preferred(spec: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    affinity = mapping(spec, "affinity", "podAntiAffinity")
    for weighted in mappings(affinity, "preferredDuringSchedulingIgnoredDuringExecution"):
        yield text(weighted, "podAffinityTerm", "topologyKey"), "preferred"
    for constraint in mappings(spec, "topologySpreadConstraints"):
        if text(constraint, "whenUnsatisfiable") == "ScheduleAnyway":
            yield text(constraint, "topologyKey"), "preferred"
