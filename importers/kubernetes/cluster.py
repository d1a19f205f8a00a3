"""The cluster and its namespaces."""

import re
from collections.abc import Iterator

from cmdb.reconciliation import Observation, Relation
from importers.kubernetes.inventory import Inventory, Object
from importers.redundancy import redundant
from importers.shape import known, text

CONTROL_PLANE = ("control-plane", "controlplane", "master")
"""What `node-role.kubernetes.io/…` calls it, now, by Rancher, and before version 1.20."""

SYSTEM = "kube-system"
"""The namespace whose UID is taken for that of the cluster, so that it does not identify itself by it."""

_EKS = re.compile(r"arn:aws[\w-]*:eks:([\w-]+):(\d+):cluster/(.+)")
_GKE = re.compile(r"gke_([^_]+)_([^_]+)_(.+)")


def observe_cluster(inventory: Inventory) -> Iterator[Observation]:
    """The cluster itself, known by the UID of `kube-system`, then its namespaces."""
    system = inventory.find("Namespace", "", SYSTEM)
    attributes = {
        "class": "kubernetes_cluster",
        "name": inventory.cluster,
        "manager": "kubernetes",
        "manager_id": inventory.cluster,
    }
    if system:
        attributes["uid"] = text(system.body, "metadata", "uid")
    attributes |= _cloud(inventory.cluster)
    yield Observation(cluster_id(inventory), known(attributes), tuple(_members(inventory)))
    for one in inventory.of("Namespace"):
        relation = Relation(type="belongs_to", to=cluster_id(inventory))
        taken = {"uid": ""} if one.name == SYSTEM else {}
        attributes = inventory.describe("kubernetes_namespace", one, **taken)
        yield Observation(inventory.id_of(one), attributes, (relation,))


def cluster_id(inventory: Inventory) -> str:
    """The native id of the cluster."""
    return inventory.cluster


def _cloud(name: str) -> dict[str, str]:
    """What the name tells that EKS and GKE give a cluster in a kubeconfig."""
    if match := _EKS.fullmatch(name):
        region, account, short = match.groups()
        return {"name": short, "provider": "aws", "cloud_id": name, "region": region, "account": account}
    if match := _GKE.fullmatch(name):
        project, location, short = match.groups()
        kind = "zones" if re.search(r"-[a-z]$", location) else "locations"
        cloud_id = f"projects/{project}/{kind}/{location}/clusters/{short}"
        return {"name": short, "provider": "gcp", "cloud_id": cloud_id, "account": project}
    return {}


def _members(inventory: Inventory) -> Iterator[Relation]:
    """A majority of the control plane, and any one of the workers, where there are others than these."""
    nodes = inventory.of("Node")
    control = [node for node in nodes if _controls(node)]
    workers = [node for node in nodes if not _controls(node)]
    majority = len(control) // 2 + 1
    yield from redundant("composed_of", map(inventory.id_of, control), "control plane", majority)
    yield from redundant("composed_of", map(inventory.id_of, workers), "workers")


def _controls(node: Object) -> bool:
    return any(f"node-role.kubernetes.io/{role}" in node.labels for role in CONTROL_PLANE)
